-- By which way it was told that the minutes are signed, and the scan of the signed page. Of those before it, null.
alter table meetings add column signed_how text, add column signed_files uuid[];

alter table backups add column deleted_at timestamptz; -- by an administrator in the app; null: nobody deleted it here

// Outlines of units on MapLibre, fetched only when a map is opened. A change of state changes that one shape; nothing is asked of any host.
import { memo, useEffect, useRef } from 'react'
import * as maplibre from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useLang, useT } from '../../../../web/i18n.tsx'
import { IconButton } from '../../../../web/kit/kit.ts'
import { drawnShapes } from '../../../maps/decide/outlines.ts'
import type { Shapes } from '../../../maps/contract.ts'
import type { Basemap } from '../../../maps/contract/basemap.ts'
import { basemapLayers, basemapSource } from '../../../maps/ui/basemap-style.ts'
import { stateOf, strengthOf } from '../../decide/places.ts'
import type { Place, Spot } from '../../decide/places.ts'
import { map as messages } from './messages.ts'
import { allFills, colours, patternImage } from './patterns.tsx'

maplibre.setWorkerUrl(new URL(workerUrl, document.baseURI).href)

const CHOSEN: maplibre.ExpressionSpecification = ['boolean', ['feature-state', 'on'], false]
type Look = { s: string; o: number }
const looks = (place: Place | undefined): Look => ({ s: (place && stateOf(place.events)) ?? 'none', o: place ? strengthOf(place.events) : 1 })

export type CanvasProps = {
  shapes: Shapes; basemap: Basemap | null; places: ReadonlyMap<string, Place>; selected: string | undefined
  onSelect: (unitId: string | undefined, at?: Spot) => void; onOpen: (unitId: string) => void
  /** Where each unit lies, for the arrows; and where on the screen it is now, for its label. */
  onSpots: (spots: Map<string, Spot>, screen: (unitId: string) => Spot | undefined) => void
  onFail: () => void
}

export const MapCanvas = memo(function MapCanvas({ shapes, basemap, places, selected, onSelect, onOpen, onSpots, onFail }: CanvasProps) {
  const t = useT(messages)
  const { lang } = useLang()
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<maplibre.Map>(undefined)
  const drawn = useRef<{ ids: string[]; looks: Look[]; bounds: [number, number, number, number] }>({ ids: [], looks: [], bounds: [0, 0, 0, 0] })
  const latest = useRef({ places, onSelect, onOpen, onSpots, onFail })
  latest.current = { places, onSelect, onOpen, onSpots, onFail }

  useEffect(() => {
    const all = drawnShapes(shapes)
    const middles = new Map<string, Spot>()
    const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
    const state = { ids: all.map((one) => one.unitId), looks: all.map((one) => looks(latest.current.places.get(one.unitId))), bounds }
    drawn.current = state
    const features = all.map(({ unitId, polygons }, i) => {
      const outer = polygons.map((rings) => rings[0]!).reduce((most, ring) => (ring.length > most.length ? ring : most))
      const [xs, ys] = [outer.map(([x]) => x), outer.map(([, y]) => y)]
      const edges = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const
      middles.set(unitId, [(edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2])
      ;[bounds[0], bounds[1], bounds[2], bounds[3]] = [Math.min(bounds[0], edges[0]), Math.min(bounds[1], edges[1]), Math.max(bounds[2], edges[2]), Math.max(bounds[3], edges[3])]
      return { type: 'Feature' as const, id: i, properties: state.looks[i]!, geometry: { type: 'MultiPolygon' as const, coordinates: polygons as unknown as number[][][][] } }
    })
    let one: maplibre.Map
    try {
      one = new maplibre.Map({
        container: box.current!, style: { version: 8, sources: {}, layers: [] }, bounds, fitBoundsOptions: { padding: 16 }, attributionControl: false, renderWorldCopies: false, keyboard: false,
        dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 14, fadeDuration: 0, validateStyle: false, cooperativeGestures: true,
        locale: { 'CooperativeGesturesHandler.WindowsHelpText': t('map.zoom.ctrl'), 'CooperativeGesturesHandler.MacHelpText': t('map.zoom.ctrl'), 'CooperativeGesturesHandler.MobileHelpText': t('map.zoom.fingers') },
      })
    } catch {
      latest.current.onFail() // no WebGL on this machine
      return
    }
    map.current = one
    one.touchZoomRotate.disableRotation()
    // The wrapper holds the focus and says what is chosen; the picture is no stop of its own.
    const canvas = one.getCanvas()
    canvas.tabIndex = -1
    canvas.removeAttribute('role')
    canvas.removeAttribute('aria-label')
    canvas.setAttribute('aria-hidden', 'true')

    const paint = () => {
      const colour = colours(box.current!)
      for (const fill of allFills) {
        const image = patternImage(fill, colour)
        if (one.hasImage(fill)) one.updateImage(fill, image)
        else one.addImage(fill, image, { pixelRatio: 2 })
      }
      if (!one.getLayer('ground')) return
      one.setPaintProperty('ground', 'background-color', colour(basemap?.tiles === 'vector' ? '--map-land' : '--sunk'))
      if (basemap) for (const { id, paint } of Object.values(basemapLayers(basemap, lang, colour)).flat()) for (const [name, value] of Object.entries(paint ?? {})) one.setPaintProperty(id, name as never, value as never)
      one.setPaintProperty('lines', 'line-color', ['case', CHOSEN, colour('--press'), colour('--edge')])
    }
    one.on('load', () => {
      paint()
      one.addLayer({ id: 'ground', type: 'background' })
      const base = basemap && basemapLayers(basemap, lang, colours(box.current!))
      if (basemap) one.addSource('base', basemapSource(basemap))
      for (const layer of base?.below ?? []) one.addLayer(layer)
      one.addSource('units', { type: 'geojson', data: { type: 'FeatureCollection', features }, tolerance: 0.3, maxzoom: 12 })
      one.addLayer({ id: 'fills', type: 'fill', source: 'units', paint: { 'fill-pattern': ['get', 's'], 'fill-opacity': basemap ? ['*', ['get', 'o'], 0.5] : ['get', 'o'] } })
      for (const layer of base?.above ?? []) one.addLayer(layer)
      one.addLayer({ id: 'lines', type: 'line', source: 'units', layout: { 'line-join': 'round' }, paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 4, ['case', CHOSEN, 3, 0.4], 9, ['case', CHOSEN, 3, 1]] } })
      paint()
      box.current!.dataset['drawn'] = String(features.length)
    })
    latest.current.onSpots(new Map([...middles].map(([id, [x, y]]) => [id, [x, -y] as const])), (id) => {
      const middle = middles.get(id)
      if (!middle) return undefined
      const { x, y } = one.project([middle[0], middle[1]])
      return [x, y]
    })
    const under = (event: maplibre.MapLayerMouseEvent) => (typeof event.features?.[0]?.id === 'number' ? state.ids[event.features[0].id] : undefined)
    one.on('mousemove', 'fills', (event) => { if (event.originalEvent.buttons > 0) return; canvas.style.cursor = 'pointer'; latest.current.onSelect(under(event), [event.point.x, event.point.y]) })
    one.on('mouseleave', 'fills', () => { canvas.style.cursor = '' })
    one.on('click', 'fills', (event) => {
      const id = under(event)
      if (id === undefined) return
      latest.current.onSelect(id, [event.point.x, event.point.y])
      // A finger has not seen the label yet: it opens from there.
      if (matchMedia('(hover: hover)').matches) latest.current.onOpen(id)
    })
    const night = matchMedia('(prefers-color-scheme: dark)')
    const theme = new MutationObserver(paint)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    night.addEventListener('change', paint)
    return () => { theme.disconnect(); night.removeEventListener('change', paint); one.remove(); map.current = undefined }
  }, [shapes, basemap, lang, t])

  // In place: only shapes whose state moved are sent to the worker.
  useEffect(() => {
    const source = map.current?.getSource<maplibre.GeoJSONSource>('units')
    const update = drawn.current.ids.flatMap((id, i) => {
      const [was, is] = [drawn.current.looks[i]!, looks(places.get(id))]
      if (!source || (was.s === is.s && was.o === is.o)) return []
      drawn.current.looks[i] = is
      return [{ id: i, addOrUpdateProperties: [{ key: 's', value: is.s }, { key: 'o', value: is.o }] }]
    })
    if (update.length > 0) void source!.updateData({ update })
  }, [places])

  useEffect(() => {
    const [one, at] = [map.current, selected === undefined ? -1 : drawn.current.ids.indexOf(selected)]
    if (!one || at < 0) return
    const mark = (on: boolean) => { if (one.getSource('units')) one.setFeatureState({ source: 'units', id: at }, { on }) }
    mark(true)
    return () => { if (map.current === one) mark(false) }
  }, [selected])

  const zoom = (by: number) => map.current?.easeTo({ zoom: map.current.getZoom() + by, duration: 150 })
  return (
    <>
      <div ref={box} className="map-canvas" />
      {basemap?.credit && <p className="map-credit">{basemap.credit}</p>}
      <div className="map-buttons no-print">
        <IconButton icon="plus" label={t('map.in')} onClick={() => zoom(1)} /><IconButton icon="minus" label={t('map.out')} onClick={() => zoom(-1)} />
        <IconButton icon="screen" label={t('map.whole')} onClick={() => { map.current?.fitBounds(drawn.current.bounds, { padding: 16, duration: 150 }) }} />
      </div>
    </>
  )
})

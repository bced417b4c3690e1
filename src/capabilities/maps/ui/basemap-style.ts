// The operator's map in our own calm style: land, green, water, roads and names, by the layers of OpenMapTiles, Protomaps and Shortbread alike. No borders: those are the boundary file's.
import { addProtocol } from 'maplibre-gl'
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl'
import { Protocol } from 'pmtiles'
import { url } from '../../../web/client.ts'
import type { Basemap } from '../contract/basemap.ts'

let protocol: Protocol | undefined

export function basemapSource({ basemapId, format, tiles, minZoom, maxZoom, bounds }: Basemap): SourceSpecification {
  if (format === 'pmtiles' && !protocol) addProtocol('pmtiles', (protocol = new Protocol()).tile)
  const at = url(`api/v1/maps/basemap/${basemapId}`)
  return {
    type: tiles, tiles: [format === 'pmtiles' ? `pmtiles://${at}/file/{z}/{x}/{y}` : `${at}/tiles/{z}/{x}/{y}`], minzoom: minZoom, maxzoom: maxZoom, bounds: bounds as [number, number, number, number],
    ...(tiles === 'raster' ? { tileSize: 256 } : {}),
  } as SourceSpecification
}

const KIND: ExpressionSpecification = ['coalesce', ['get', 'class'], ['get', 'kind'], '']
const isOne = (...kinds: string[]): ExpressionSpecification => ['in', KIND, ['literal', kinds]]
const major = isOne('motorway', 'trunk', 'primary', 'highway', 'major_road')
const middle = isOne('secondary', 'tertiary', 'medium_road')
const noRoad = isOne('rail', 'transit', 'ferry', 'path', 'track', 'pier', 'aeroway', 'other', 'light_rail', 'subway', 'runway', 'taxiway', 'footway', 'cycleway', 'steps')
const roadWidth = (more: number): ExpressionSpecification => ['interpolate', ['exponential', 1.5], ['zoom'], 6, ['case', major, 0.8 + more, 0], 11, ['case', major, 2 + more, middle, 1 + more, 0.3], 15, ['case', major, 7 + more, middle, 5 + more, 2.5 + more]]
const town: ExpressionSpecification = isOne('city', 'locality', 'country', 'state', 'province', 'capital')

type Drawn = Extract<LayerSpecification, { source: string }>
/** `below` the outlines of units, and `above` them: names must be read. */
export type Drawing = { below: Drawn[]; above: Drawn[] }

export function basemapLayers(basemap: Basemap, lang: string, colour: (token: string) => string): Drawing {
  const dark = Number(/\d+/.exec(colour('--card'))?.[0]) < 128
  if (basemap.tiles === 'raster') return { above: [], below: [{ id: 'base', type: 'raster', source: 'base', paint: { 'raster-saturation': -0.5, 'raster-brightness-max': dark ? 0.55 : 1, 'raster-fade-duration': 0 } }] }
  const each = (id: string, layers: string[], rest: object): Drawn[] => layers.map((layer) => ({ id: `base-${id}-${layer}`, source: 'base', 'source-layer': layer, ...rest }) as Drawn)
  const roads = ['transportation', 'roads', 'streets']
  const lines = { 'line-cap': 'round', 'line-join': 'round' } as const
  const name: ExpressionSpecification = ['coalesce', ['get', `name:${lang}`], ['get', `name_${lang}`], ['get', 'name'], ['get', 'name:latin'], '']
  const text = { 'text-color': colour('--map-name'), 'text-halo-color': colour('--map-halo'), 'text-halo-width': 1.4 }
  return {
    below: [
      ...each('green', ['landcover', 'landuse', 'land'], { type: 'fill', filter: isOne('wood', 'forest', 'grass', 'park', 'nature_reserve', 'scrub', 'wetland', 'meadow', 'garden', 'cemetery'), paint: { 'fill-color': colour('--map-green'), 'fill-antialias': false } }),
      ...each('park', ['park'], { type: 'fill', paint: { 'fill-color': colour('--map-green') } }),
      ...each('water', ['water', 'ocean', 'water_polygons'], { type: 'fill', filter: ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]], paint: { 'fill-color': colour('--map-water') } }),
      ...each('river', ['waterway', 'water_lines'], { type: 'line', layout: lines, paint: { 'line-color': colour('--map-water'), 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.6, 14, 2.5] } }),
      ...each('edge', roads, { type: 'line', minzoom: 9, filter: ['!', noRoad], layout: lines, paint: { 'line-color': colour('--map-road-edge'), 'line-width': roadWidth(1.4) } }),
      ...each('road', roads, { type: 'line', filter: ['!', noRoad], layout: lines, paint: { 'line-color': colour('--map-road'), 'line-width': roadWidth(0) } }),
    ],
    above: [
      ...each('street', ['transportation_name', 'roads', 'street_labels'], { type: 'symbol', minzoom: 12, filter: ['!', noRoad], layout: { 'symbol-placement': 'line', 'text-field': name, 'text-font': ['Be Vietnam Pro'], 'text-size': 11, 'text-max-angle': 30, 'symbol-spacing': 320 }, paint: text }),
      ...each('place', ['place', 'places', 'place_labels'], {
        type: 'symbol', filter: ['!', isOne('continent')],
        layout: { 'text-field': name, 'text-font': ['Be Vietnam Pro'], 'text-size': ['interpolate', ['linear'], ['zoom'], 5, ['case', town, 12, 10], 12, ['case', town, 17, 12]], 'text-max-width': 7, 'text-padding': 4, 'symbol-sort-key': ['case', town, 0, ['coalesce', ['get', 'rank'], ['get', 'population_rank'], 20]] }, paint: text,
      }),
    ],
  }
}

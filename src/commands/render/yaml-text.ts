import {stringify} from 'yaml';
import type {Json} from '../../core/json.ts';

/** Data as YAML, without broken lines. A file of its own, loaded on demand: the names of a CommonJS package are lost by a lazy import of the package itself in the bundle. */
export const yamlText = (data: Json) => stringify(data, {lineWidth: 0, aliasDuplicateObjects: false});

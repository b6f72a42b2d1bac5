import {canonicalJson, isJsonObject, type Json} from '../../core/json.ts';
import type {Exchange} from './patch-remedy.ts';

/** The places where two values differ, as deep as they can be told apart: lists of another length are exchanged as a whole. */
export function exchangesBetween(from: Json | undefined, to: Json | undefined, path: Exchange['path']): readonly Exchange[] {
	if (canonicalJson(from) === canonicalJson(to)) return [];
	if (isJsonObject(from) && isJsonObject(to))
		return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap(key => exchangesBetween(from[key], to[key], [...path, key]));
	if (Array.isArray(from) && Array.isArray(to) && from.length === to.length)
		return from.flatMap((item, index) => exchangesBetween(item, to[index], [...path, index]));
	return [{path, from, to}];
}

import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {parsed} from '../http/read-as.ts';
import type {Wire} from '../http/wire.ts';

/** A state of the indices that pages are cut from. `tiebreak` orders lines of one moment, which the two servers name differently. */
export type Point = {
	readonly id: string;
	readonly tiebreak: '_shard_doc' | '_id';
	readonly closing: {readonly path: string; readonly key: string};
};

const elastic = {tiebreak: '_shard_doc', closing: {path: '/_pit', key: 'id'}} as const;
const openSearch = {tiebreak: '_id', closing: {path: '/_search/point_in_time', key: 'pit_id'}} as const;

/**
 * Elasticsearch's way first, then that of OpenSearch, which does not know the other's.
 * @param at path of the index pattern
 * @see https://docs.opensearch.org/latest/search-plugins/searching-data/point-in-time-api/
 */
export async function openPoint(wire: Wire, at: string): Promise<Point> {
	const parameters = {keep_alive: '1m'};
	const first = await wire.ask({method: 'POST', path: `${at}/_pit`, parameters});
	if (first.status < 300) return {...elastic, id: parsed(wire, first, z.object({id: z.string()}), 'a point in time').id};
	const second = await wire.ask({method: 'POST', path: `${at}/_search/point_in_time`, parameters});
	return {...openSearch, id: parsed(wire, second, z.object({pit_id: z.string()}), 'a point in time').pit_id};
}

/** It ends by itself after a minute: that it could not be closed is no matter. */
export async function closePoint(wire: Wire, {id, closing: {path, key}}: Point): Promise<void> {
	try {
		await wire.ask({method: 'DELETE', path, body: {[key]: key === 'id' ? id : [id]}});
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
	}
}

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import type {Labelled, Profile, Window} from './nab-score.ts';

/** One labelled series of a folder in NAB's format. */
export type Series = Labelled & {
	/** `category/series.csv`. */
	readonly name: string;
	readonly category: string;
	readonly values: Float64Array;
};

const windowsFile = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));
const profilesFile = z.record(
	z.string(),
	z.object({CostMatrix: z.object({tpWeight: z.number(), fnWeight: z.number(), fpWeight: z.number()})}),
);

/**
 * The labelled series below `data/` of a folder, by name.
 * @throws where a file is not in the format, or a window's edge is no row
 */
export function seriesIn(folder: string): readonly Series[] {
	const labels = windowsFile.parse(json(folder, 'labels/combined_windows.json'));
	return csvBelow(join(folder, 'data')).map(name => readSeries(folder, name, labels[name] ?? []));
}

/** `category/series.csv` of all files below. */
const csvBelow = (folder: string): readonly string[] =>
	!existsSync(folder)
		? []
		: readdirSync(folder, {recursive: true, encoding: 'utf8'})
				.filter(path => path.endsWith('.csv'))
				.map(path => path.replaceAll('\\', '/'))
				.sort();

function readSeries(folder: string, name: string, labels: readonly (readonly [string, string])[]): Series {
	const rows = csvRows(join(folder, 'data', name));
	const times = rows.map(([time = '']) => unixMs(time));
	const windows = labels.map(([from, to]): Window => ({from: rowAt(times, from, name), to: rowAt(times, to, name)}));
	return {
		name,
		category: name.split('/')[0] ?? '',
		rows: rows.length,
		windows: windows.sort((one, other) => one.from - other.from),
		values: Float64Array.from(rows, ([, value = '']) => Number(value)),
	};
}

/** Of a file with a header. */
const csvRows = (file: string): readonly (readonly string[])[] =>
	readFileSync(file, 'utf8')
		.split(/\r?\n/)
		.slice(1)
		.filter(line => line !== '')
		.map(line => line.split(','));

const unixMs = (time: string) => Date.parse(`${time.replace(' ', 'T').replace(/\.0+$/, '')}Z`);

function rowAt(times: readonly number[], time: string, name: string): number {
	const row = times.indexOf(unixMs(time));
	if (row < 0) throw new Error(`${name} has no row at ${time}, where a window begins or ends`);
	return row;
}

/** Weights by the name of the profile. */
export function profilesIn(folder: string): ReadonlyMap<string, Profile> {
	const read = Object.entries(profilesFile.parse(json(folder, 'config/profiles.json')));
	return new Map(read.map(([name, {CostMatrix}]) => [name, CostMatrix]));
}

/** Published scores of one series, row for row, by the name of the detector; empty where the folder has none. */
export function publishedRows(folder: string, name: string): ReadonlyMap<string, Float64Array> {
	const file = join(folder, 'scores', name);
	if (!existsSync(file)) return new Map();
	const detectors = (readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '').split(',');
	const rows = csvRows(file);
	return new Map(detectors.map((detector, column) => [detector, Float64Array.from(rows, row => Number(row[column]))]));
}

const publishedFile = z.record(z.string(), z.record(z.string(), z.number()));

/** Published final scores over all of NAB: by detector, then by profile; empty where the folder has none. */
export const publishedScores = (folder: string): ReadonlyMap<string, Readonly<Record<string, number>>> =>
	existsSync(join(folder, 'published-scores.json'))
		? new Map(Object.entries(publishedFile.parse(json(folder, 'published-scores.json'))))
		: new Map();

const json = (folder: string, path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

/** A series of the competition. */
export type Series = {readonly id: string; readonly training: readonly number[]; readonly truth: readonly number[]};

/** Season length by which the competition scores, and what its name says of the time between two values. */
export type Frequency = {readonly season: number; readonly stepSeconds: number};

const day = 86_400;

/** A month has no whole number of days: none of the cycles of a calendar is one of its samples, whatever is said here. */
export const frequencies: {readonly [name: string]: Frequency} = {
	hourly: {season: 24, stepSeconds: 3600},
	daily: {season: 1, stepSeconds: day},
	weekly: {season: 1, stepSeconds: 7 * day},
	monthly: {season: 12, stepSeconds: 30 * day},
	quarterly: {season: 4, stepSeconds: 91 * day},
	yearly: {season: 1, stepSeconds: 364 * day},
};

const ending = '-train.csv';

/** Files of training values in the folder and below it. */
export const trainingFiles = (folder: string): readonly string[] =>
	readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile() && entry.name.toLowerCase().endsWith(ending))
		.map(entry => join(entry.parentPath, entry.name))
		.sort();

/** `hourly`, of a file of training values. */
export const frequencyOf = (file: string): string => basename(file).toLowerCase().slice(0, -ending.length);

/**
 * The series of one file with the values that came after them, by their ids.
 * @throws where there is no file of those, or a series is not in it
 */
export function readSeries(file: string): readonly Series[] {
	const answers = join(
		dirname(file),
		basename(file).replace(/train(?=\.csv$)/i, word => (word === 'Train' ? 'Test' : 'test')),
	);
	if (!existsSync(answers)) throw new Error(`there is no ${basename(answers)} beside ${basename(file)}`);
	const truths = rowsOf(answers);
	return [...rowsOf(file)].map(([id, training]) => {
		const truth = truths.get(id);
		if (truth === undefined) throw new Error(`${id} of ${basename(file)} is not in ${basename(answers)}`);
		return {id, training, truth};
	});
}

/** Values by id: one series a line, quotes and empty fields at the end are left out, and so is a header. */
function rowsOf(file: string): ReadonlyMap<string, readonly number[]> {
	const lines = readFileSync(file, 'utf8').split(/\r?\n/);
	const rows = lines.map(line =>
		line
			.replaceAll('"', '')
			.split(',')
			.filter(field => field !== ''),
	);
	return new Map(
		rows.flatMap(([id = '', ...fields]) => {
			const values = fields.map(Number);
			return values.length > 0 && values.every(Number.isFinite) ? [[id, values] as const] : [];
		}),
	);
}

/** What others reached, of the file `published.csv` beside a training file. */
export type Published = {
	readonly method: string;
	readonly rank: number;
	readonly smape: number;
	readonly mase: number;
	readonly owa: number;
};

/** Entries of the competition over the whole set of a frequency, best first; none where there is no such file. */
export function readPublished(file: string, frequency: string): readonly Published[] {
	const path = join(dirname(file), 'published.csv');
	if (!existsSync(path)) return [];
	const [head = [], ...rows] = readFileSync(path, 'utf8')
		.trim()
		.split(/\r?\n/)
		.map(line => line.split(','));
	const column = (name: string) => head.indexOf(name);
	const number = (row: readonly string[], name: string) => Number(row[column(`${frequency}_${name}`)]);
	return rows
		.map(row => ({
			method: row[column('method')] ?? '',
			rank: number(row, 'rank'),
			smape: number(row, 'smape'),
			mase: number(row, 'mase'),
			owa: number(row, 'owa'),
		}))
		.filter(({owa}) => Number.isFinite(owa))
		.toSorted((one, other) => one.owa - other.owa);
}

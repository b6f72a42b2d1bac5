import {open, readdir, readFile, stat} from 'node:fs/promises';
import {join, relative} from 'node:path';
import type {Advisory} from '../../../analysis/vulnerabilities/advisory.ts';
import {MkcoaError, troubleOf} from '../../../core/error.ts';
import {readExploited, readLikelihood} from './exploits.ts';
import type {AdvisoryDatabase, Exploits, Hits, Wanted} from './port.ts';
import {type Sifted, sieve} from './sieve.ts';
import {zipEntries} from './zip-entries.ts';

const isRecord = (name: string) => /\.json$/i.test(name) && !isCatalogue(name);
const isCatalogue = (name: string) => /(?:known[_-]exploited|(?:^|[/_-])kev)[^/]*\.json$/i.test(name);
const isScores = (name: string) => /epss[^/]*\.csv(?:\.gz)?$/i.test(name);
const isZip = (name: string) => /\.zip$/i.test(name);

/** Files that are read at once. */
const sideBySide = 32;
const tellsEvery = 10_000;
/** More than these are counted, not named. */
const mostUnreadable = 20;

async function filesIn(place: string): Promise<readonly string[]> {
	const found = await stat(place).catch((error: NodeJS.ErrnoException) => {
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-advisories',
			what: `The database of advisories '${place}' cannot be opened`,
			why: troubleOf(error).what,
			next: 'Name a folder or a zip of OSV records with --advisories',
		});
	});
	if (!found.isDirectory()) return [place];
	const entries = await readdir(place, {recursive: true, withFileTypes: true});
	return entries
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name))
		.sort();
}

/** The texts of all records, those in zips too. `undefined` is a damaged one. */
async function* textsOf(
	place: string,
	files: readonly string[],
	signal: AbortSignal,
): AsyncGenerator<{readonly name: string; readonly text: string | undefined}> {
	const singles = files.filter(isRecord);
	for (let at = 0; at < singles.length; at += sideBySide) {
		signal.throwIfAborted();
		const batch = singles.slice(at, at + sideBySide);
		const texts = await Promise.all(batch.map(path => readFile(path, 'utf8').catch(() => undefined)));
		for (const [index, path] of batch.entries()) yield {name: relative(place, path), text: texts[index]};
	}
	for (const path of files.filter(isZip)) {
		const file = await open(path);
		try {
			for await (const entry of zipEntries(file, isRecord)) {
				signal.throwIfAborted();
				yield {name: `${relative(place, path) || path}: ${entry.name}`, text: entry.text};
			}
		} catch (error) {
			signal.throwIfAborted();
			yield {name: `${relative(place, path) || path}: ${troubleOf(error).quoted ?? 'it cannot be read'}`, text: undefined};
		} finally {
			await file.close();
		}
	}
}

async function findIn(place: string, wanted: Wanted, signal: AbortSignal, onProgress: (records: number) => void): Promise<Hits> {
	const sift = sieve(wanted);
	const advisories: Advisory[] = [];
	const unreadable: string[] = [];
	let [records, newest, told] = [0, '', 0];
	for await (const {name, text} of textsOf(place, await filesIn(place), signal)) {
		const sifted: Sifted = text === undefined ? undefined : sift(text);
		if (sifted === undefined) {
			if (unreadable.length < mostUnreadable) unreadable.push(name);
			continue;
		}
		advisories.push(...sifted.advisories);
		records += sifted.records;
		if ((sifted.newest ?? '') > newest) newest = sifted.newest ?? '';
		if (records - told >= tellsEvery) {
			told = records;
			onProgress(records);
		}
	}
	return {advisories, records, ...(newest === '' ? {} : {newest}), unreadable};
}

async function exploitsIn(place: string, cves: ReadonlySet<string>): Promise<Exploits> {
	const files = await filesIn(place);
	const [catalogue, scores] = [files.filter(isCatalogue).at(-1), files.filter(isScores).at(-1)];
	return {
		exploited: catalogue === undefined ? undefined : await readExploited(catalogue, cves).catch(() => undefined),
		likelihood: scores === undefined ? undefined : await readLikelihood(scores, cves).catch(() => undefined),
	};
}

/**
 * A folder or a zip of records in the format of OSV, with EPSS's scores and CISA's catalogue beside them where a person put them there.
 * @param place as the person named it
 */
export const openAdvisories = (place: string, signal: AbortSignal): AdvisoryDatabase => ({
	place,
	find: (wanted, onProgress = () => undefined) => findIn(place, wanted, signal, onProgress),
	exploits: cves => exploitsIn(place, cves),
});

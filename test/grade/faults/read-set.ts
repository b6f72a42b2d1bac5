import {readdirSync} from 'node:fs';
import {basename} from 'node:path';
import {caseFolders, type FaultCase, type QuietCluster, quietFolder, readFaultCase, readQuietCluster} from './fault-case.ts';

export type FaultSet = {
	readonly cases: readonly FaultCase[];
	readonly quiet: readonly QuietCluster[];
	/** Cases whose files are wrong, with what is. */
	readonly unreadable: readonly {readonly name: string; readonly why: string}[];
	/** Folders that hold no case. */
	readonly others: readonly string[];
};

/** The cases of a folder and the quiet clusters beside it, all or those of some names. */
export function readSet(folder: string, only?: readonly string[]): FaultSet {
	const unreadable: {name: string; why: string}[] = [];
	const others: string[] = [];
	const reading = <Read>(folders: readonly string[], read: (folder: string) => Read): readonly Read[] =>
		folders
			.filter(path => only === undefined || only.includes(basename(path)))
			.flatMap(path => {
				if (!readdirSync(path).some(name => /^(base\.|inject\.|expect\.)/.test(name))) {
					others.push(basename(path));
					return [];
				}
				try {
					return [read(path)];
				} catch (error) {
					unreadable.push({name: basename(path), why: error instanceof Error ? error.message : String(error)});
					return [];
				}
			});
	const cases = reading(caseFolders(folder), readFaultCase);
	const quiet = reading(caseFolders(quietFolder(folder)), readQuietCluster);
	return {cases, quiet, unreadable, others};
}

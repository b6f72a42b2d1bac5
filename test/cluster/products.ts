import {cpSync, existsSync, globSync, mkdirSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {type GoModule, goModules, moduleCache, moduleFolder} from './binaries.ts';
import {copyCompleted, publishedSource} from './completed-source.ts';
import {runGo} from './go-tool.ts';

/** One file or folder of the cache. */
export type Product = {
	readonly name: string;
	readonly path: string;
	/** What it is made from, for people. */
	readonly source: string;
	readonly goMod: string;
	/** Writes it to a path beside its own. */
	readonly make: (partial: string, signal: AbortSignal | undefined) => Promise<void>;
};

export const products = (): readonly Product[] => goModules.flatMap(module => [...binaries(module), ...manifests(module)]);

const binaries = (module: GoModule): readonly Product[] =>
	Object.entries(module.packages).map(([name, goPackage]) => ({
		name,
		path: join(moduleCache(module), name),
		source: goPackage,
		goMod: join(moduleFolder(module), 'go.mod'),
		async make(partial, signal) {
			const tags = module.tags === undefined ? [] : [`-tags=${module.tags.join(',')}`];
			const flags = ['-trimpath', '-mod=readonly', ...tags, `-ldflags=-s -w ${module.flags.join(' ')}`];
			const build = (cwd: string) => runGo(['build', ...flags, '-o', partial, goPackage], {cwd, signal});
			if (module.completed === undefined) return void (await build(moduleFolder(module)));
			const copy = `${partial}.source${suffix}`;
			try {
				await copyCompleted(module, copy, signal);
				await build(copy);
			} finally {
				rmSync(copy, {recursive: true, force: true});
			}
		},
	}));

function manifests(module: GoModule): readonly Product[] {
	if (module.manifests === undefined) return [];
	const {module: source, paths} = module.manifests;
	return [
		{
			name: `manifests of ${module.folder}`,
			path: join(moduleCache(module), 'manifests'),
			source: paths.map(path => `${source}/${path}`).join(', '),
			goMod: join(moduleFolder(module), 'go.mod'),
			async make(partial, signal) {
				const root = await publishedSource(module, source, signal);
				mkdirSync(partial);
				// One by one: the folders of Go's own cache are read-only, and a copied folder would be, too.
				const files = paths.flatMap(path => (path.endsWith('.yaml') ? join(root, path) : globSync(join(root, path, '*.yaml'))));
				for (const file of files) cpSync(file, join(partial, basename(file)));
			},
		},
	];
}

const suffix = '.partial';

/** Makes it under another name first, so that an interrupted build never looks finished and two builds never write to one file. */
export async function makeProduct({path, make}: Product, signal: AbortSignal | undefined) {
	const partial = `${path}.${process.pid}${suffix}`;
	mkdirSync(dirname(path), {recursive: true});
	try {
		await make(partial, signal);
		renameSync(partial, path);
	} finally {
		rmSync(partial, {recursive: true, force: true});
	}
}

/** Removes what a killed build left. Only for who holds the lock of the cache. */
export function removeLeftovers({path}: Product) {
	if (!existsSync(dirname(path))) return;
	const left = readdirSync(dirname(path)).filter(name => name.startsWith(`${basename(path)}.`) && name.endsWith(suffix));
	for (const name of left) rmSync(join(dirname(path), name), {recursive: true, force: true});
}

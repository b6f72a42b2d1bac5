import {copyFileSync, globSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {z} from 'zod';
import {type GoModule, moduleFolder} from './binaries.ts';
import {runGo} from './go-tool.ts';

const download = z.object({Dir: z.string()});

/** Folder of Go's own cache, read-only, that holds a module as it was published. Its digest is in the go.sum of the module of `go/`. */
export async function publishedSource(module: GoModule, source: string, signal: AbortSignal | undefined): Promise<string> {
	const told = await runGo(['mod', 'download', '-json', source], {cwd: moduleFolder(module), signal});
	return download.parse(JSON.parse(told)).Dir;
}

/** Copies a published module to a folder and adds what it will not build without. Its own go.mod and go.sum are among its files. */
export async function copyCompleted(module: GoModule, folder: string, signal: AbortSignal | undefined) {
	if (module.completed === undefined) throw new Error(`${module.folder} builds as it was published`);
	const root = await publishedSource(module, module.completed.module, signal);
	// One by one: the folders of Go's own cache are read-only, and a copied folder would be, too.
	for (const entry of globSync('**', {cwd: root, withFileTypes: true})) {
		if (!entry.isFile()) continue;
		const from = join(entry.parentPath, entry.name);
		const to = join(folder, from.slice(root.length));
		mkdirSync(dirname(to), {recursive: true});
		copyFileSync(from, to);
	}
	for (const [path, text] of Object.entries(module.completed.files)) {
		mkdirSync(dirname(join(folder, path)), {recursive: true});
		writeFileSync(join(folder, path), text);
	}
}

import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {type CustomAgents, customAgents} from '../agents/loop/custom-agent.ts';
import {specialists} from '../agents/loop/specialists.ts';
import {MkcoaError, troubleOf} from '../core/error.ts';
import {configPath} from './config-file.ts';
import type {Host} from './host.ts';

const mostFiles = 50;
const mostBytes = 64 * 1024;

/** The agents that the person keeps in `~/.config/mkcoa/agents/*.md`. A file or a folder that cannot be read is told, and never stops anything. */
export async function userAgents(host: Pick<Host, 'env' | 'home'>): Promise<CustomAgents> {
	const folder = configPath(host, 'agents');
	if (folder === undefined) return {agents: [], troubles: []};
	const names = await namesIn(folder);
	if (names instanceof MkcoaError) return {agents: [], troubles: [names]};
	const files: {readonly name: string; readonly text: string}[] = [];
	const troubles: MkcoaError[] =
		names.length > mostFiles ? [leftOut(folder, `it holds ${names.length} agents`, `Keep at most ${mostFiles}`)] : [];
	for (const name of names.slice(0, mostFiles)) {
		const text = await textOf(join(folder, name));
		if (text instanceof MkcoaError) troubles.push(text);
		else files.push({name, text});
	}
	const read = customAgents(
		files,
		specialists.map(({name}) => name),
	);
	return {agents: read.agents, troubles: [...troubles, ...read.troubles]};
}

async function namesIn(folder: string): Promise<readonly string[] | MkcoaError> {
	try {
		return (await readdir(folder)).filter(name => name.endsWith('.md')).toSorted();
	} catch (error) {
		const {code, what} = troubleOf(error);
		if (code === 'no-such-file') return [];
		const isNoFolder = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
		return leftOut(folder, isNoFolder ? 'it is no folder' : what, 'Make it a folder that you may read');
	}
}

async function textOf(path: string): Promise<string | MkcoaError> {
	try {
		const found = await stat(path);
		if (!found.isFile()) return leftOut(path, 'it is no file', 'Move it away');
		return found.size > mostBytes
			? leftOut(path, `it has ${found.size} bytes`, `Shorten it to ${mostBytes}`)
			: await readFile(path, 'utf8');
	} catch (error) {
		return leftOut(path, troubleOf(error).what, 'Make it a file that you may read');
	}
}

const leftOut = (path: string, why: string, next: string) =>
	new MkcoaError({kind: 'environment', code: 'bad-agent', what: `Agents of ${path} were left out`, why, next});

import {execFile} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {z} from 'zod';
import type {CommandLine} from './launcher.ts';

const Profile = z.object({
	nodes: z.array(z.object({id: z.number(), callFrame: z.object({functionName: z.string(), url: z.string()})})),
	samples: z.array(z.number()),
	/** Microseconds since the sample before. */
	timeDeltas: z.array(z.number()),
});
type Frame = z.output<typeof Profile>['nodes'][number]['callFrame'];

const native: Readonly<Record<string, string>> = {
	'(idle)': 'waiting for the server or the disk',
	'(program)': 'in native code of Node',
	'(garbage collector)': 'collecting garbage',
};

function placeOf({functionName, url}: Frame): string {
	const known = native[functionName];
	if (known !== undefined) return known;
	if (/^node:internal\/(modules|bootstrap|main|vm|process\/(esm|pre))/.test(url)) return 'loading modules';
	if (url.startsWith('node:') || url === '') return "in Node's own library";
	return "in mkcoa's code";
}

/**
 * Where the time of one run of a Node program goes, by Node's own sampling profiler: one sentence each, the longest first. Shares of
 * less than 2 % are left out.
 * @param command begins with Node
 */
export async function explainRun([node, ...args]: CommandLine, folder: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
	const profiles = mkdtempSync(join(folder, 'profile-'));
	await promisify(execFile)(node, ['--cpu-prof', `--cpu-prof-dir=${profiles}`, ...args], {env, maxBuffer: 256 * 1024 * 1024});
	const [file = ''] = readdirSync(profiles);
	const {nodes, samples, timeDeltas} = Profile.parse(JSON.parse(readFileSync(join(profiles, file), 'utf8')));
	const frames = new Map(nodes.map(({id, callFrame}) => [id, callFrame]));
	const spentMs = new Map<string, number>();
	for (const [index, id] of samples.entries()) {
		const frame = frames.get(id);
		if (frame === undefined) continue;
		const place = placeOf(frame);
		spentMs.set(place, (spentMs.get(place) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
	}
	const all = [...spentMs.values()].reduce((sum, ms) => sum + ms, 0);
	return [...spentMs]
		.filter(([, ms]) => ms >= all * 0.02)
		.toSorted((left, right) => right[1] - left[1])
		.map(([place, ms]) => `${Math.round(ms)} of ${Math.round(all)} ms ${place}`);
}

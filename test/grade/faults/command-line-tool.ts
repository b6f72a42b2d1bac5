import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as z from 'zod';
import {runMkcoa} from '../../support/host.ts';
import type {Tool} from './tool.ts';

const patienceMs = 180_000;

const detected = z.object({
	incidents: z.array(
		z.object({
			severity: z.string(),
			resource: z.object({kind: z.string(), namespace: z.string().optional(), name: z.string()}),
			path: z.string().optional(),
		}),
	),
});
const outcome = z.object({kind: z.string()});

/** mkcoa as a user calls it: `incident detect` and `incident fix`, by somebody who says yes, each with a journal of its own. */
export function commandLineTool(kubeconfig: string): Tool {
	const ask = async (words: readonly string[], signal: AbortSignal) => {
		const folder = mkdtempSync(join(tmpdir(), 'mkcoa-fault-'));
		const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
		try {
			return await runMkcoa(['incident', ...words, '--json', '--kubeconfig', kubeconfig], {folder, signal: limited});
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	};
	return {
		async detect(namespace, signal) {
			const {code, out, err} = await ask(['detect', '-n', namespace], signal);
			const {success, data} = detected.safeParse(jsonIn(out));
			if (!success) throw new Error(`incident detect ended with ${code}: ${oneLine(err || out)}`);
			return data.incidents.map(({severity, resource, path}) => ({severity, ...resource, path}));
		},
		async fix(namespace, signal) {
			const {code, out, err} = await ask(['fix', '-n', namespace, '--yes'], signal);
			const {success, data} = outcome.safeParse(jsonIn(out));
			if (!success) throw new Error(`incident fix ended with ${code}: ${oneLine(err || out)}`);
			return `${data.kind}${code === 0 ? '' : ` (exit ${code}): ${oneLine(out)}`}`;
		},
	};
}

function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ').slice(0, 300);

import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ChatResult} from '../../../src/core/chat-result.ts';
import {runMkcoa} from '../../support/host.ts';

type Place = {
	/** Path of a kubeconfig file. */
	readonly kubeconfig: string;
	readonly environment: {readonly [name: string]: string};
};

/** What came of one request: the result, and all that was printed and stored. */
export type Answer = {readonly result: ChatResult; readonly left: string};

/**
 * Asks one request of the whole product, in a conversation and a state folder of its own, planning alone.
 * @throws where the product prints no result
 */
export async function ask(text: string, {kubeconfig, environment}: Place): Promise<Answer> {
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-request-'));
	try {
		const env = {...environment, KUBECONFIG: kubeconfig};
		const {out, err} = await runMkcoa(['chat', '--json', '--no-model', '--dry-run', '--', text], {folder, env});
		// The product prints its own type.
		const result = JSON.parse(out) as ChatResult;
		return {result: 'outcomes' in result ? result : failed(out), left: [out, err, ...filesIn(folder)].join('\n')};
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** A command line that failed before a conversation began. */
const failed = (text: string): ChatResult => ({kind: 'failed', text, understood: '', outcomes: [], session: ''});

const filesIn = (folder: string): readonly string[] =>
	readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.map(path => join(folder, path))
		.filter(path => statSync(path).isFile())
		.map(path => readFileSync(path, 'latin1'));

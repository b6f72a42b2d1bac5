import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parse, stringify} from 'yaml';
import type {Clock} from '../../src/core/clock.ts';
import {startSandbox} from '../../src/sandbox/start.ts';
import {runMkcoa} from './host.ts';
import {temporaryFolder} from './temporary-folder.ts';
import {whenOver} from './when-over.ts';

/** What a kubeconfig of a test says. */
type Naming = {readonly server?: string; readonly token?: string; readonly context?: string};

/** An embedded shop, or another scenario, for the tests of one file, with a folder and kubeconfigs that reach it. */
export async function shopSandbox({clock, scenario = 'shop'}: {readonly clock?: Clock; readonly scenario?: string} = {}) {
	const folder = await temporaryFolder();
	const sandbox = await startSandbox({scenario, ...(clock === undefined ? {} : {clock})});
	whenOver(sandbox.stop);
	const file = async (name: string, text: string) => {
		const path = join(folder, name);
		await writeFile(path, text, {mode: 0o600});
		return path;
	};
	const kubeconfig = await file('kubeconfig.yaml', sandbox.kubeconfig);
	return {
		folder,
		sandbox,
		kubeconfig,
		file,
		/** A kubeconfig of one context; what is left out is as in the shop's own. */
		named: (name: string, {server = sandbox.url, token = 'admin', context = 'sandbox'}: Naming) =>
			file(name, oneContext(sandbox.kubeconfig, {server, token, context})),
		/** Runs a command line against the shop, and shortens what differs from run to run. */
		run: async (words: readonly string[], place: Omit<Parameters<typeof runMkcoa>[1], 'folder'> = {}) => {
			const {code, out, err} = await runMkcoa(words, {folder, ...place});
			const steady = (text: string) => text.replaceAll(sandbox.url, 'http://shop').replaceAll(`${folder}/`, '');
			return {code, out: steady(out), err: steady(err)};
		},
	};
}

function oneContext(text: string, {server, token, context}: Required<Naming>): string {
	const user = token === 'admin' ? 'admin' : 'alice';
	return stringify({
		...parse(text),
		clusters: [{name: 'cluster', cluster: {server}}],
		users: [{name: user, user: {token}}],
		contexts: [{name: context, context: {cluster: 'cluster', user}}],
		'current-context': context,
	});
}

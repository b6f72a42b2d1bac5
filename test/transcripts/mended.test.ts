import {expect, test} from 'vitest';
import {systemClock} from '../../src/core/clock.ts';
import {shopSandbox} from '../support/shop-sandbox.ts';

// The commands wait by the cluster's clock.
const clock = systemClock({speed: 6, background: true});
const world = await shopSandbox({scenario: 'broken', clock});
const transcript: string[] = [];
let latest = '';

/** Ids, digests, what passed by the real clock, and what is told while it passes. */
const steady = (text: string) =>
	text
		.replaceAll(/\b(?=[a-z0-9]*\d)[a-z0-9]{12}\b/g, 'ID')
		.replaceAll(/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
		.replaceAll(/after \d+ seconds/g, 'after SECONDS')
		.replaceAll(/\(\d+s\)/g, '(AGE)')
		.replaceAll(/^2> {3}(?:The cause is gone|Looking|Still there|Now:).*\n/gm, '');

test.each<[string, number]>([
	['incident strategy Service/target-port-mismatch', 0],
	['incident fix Service/service-selector-wrong --dry-run', 0],
	['incident fix Service/service-selector-wrong --yes', 0],
	['incident fix svc/service-selector-wrong --yes', 0],
	['undo --yes', 0],
	['incident fix Deployment/probe-port-wrong --yes', 0],
	['undo ID --yes', 0],
	['incident fix Service/target-port-unnamed --undo-if-worse', 8],
	['approve ID --yes', 0],
	['incident fix Deployment/out-of-memory --yes', 1],
	['incident fix Deployment/out-of-memory --choice 3', 1],
	['incident fix Deployment/crash-loop', 1],
	['incident fix target-prot-not-there', 1],
	['incident fix paused:Deployment/broken/web', 0],
	['incident fix --deadline 3h', 1],
])('mkcoa -n broken %s', async (words, code) => {
	const ran = await world.run(['-n', 'broken', ...words.replace('ID', latest).split(' ')], {clock, env: {KUBECONFIG: world.kubeconfig}});
	latest = /mkcoa (?:approve|undo) ([a-z0-9]{12})/.exec(ran.err)?.[1] ?? latest;
	transcript.push(`$ mkcoa -n broken ${words}\n${steady(`${ran.out}${ran.err.replaceAll(/^(?=.)/gm, '2> ')}`)}[${ran.code}]\n`);
	expect(ran.code).toBe(code);
});

test('every word is that of the transcript', async () => {
	await expect(transcript.join('\n')).toMatchFileSnapshot('mended.pipe.txt');
});

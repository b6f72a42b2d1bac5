import {readFile} from 'node:fs/promises';
import {expect, test, vi} from 'vitest';
import {tells} from '../../scripts/docs/run-page.ts';
import {deploymentCanary} from '../../src/agents/deploy/tools/deployment-canary.ts';
import {deploymentStatus} from '../../src/agents/deploy/tools/deployment-status.ts';
import {shopRoad} from '../support/shop-road.ts';

const page = await readFile('docs/deploy.md', 'utf8');

/** The first block of text below a heading of docs/deploy.md. */
const written = (heading: string) => new RegExp(`^## ${heading}\n.*?^\`\`\`text\n(.*?)\n\`\`\`$`, 'ms').exec(page)?.[1] ?? '';

// The commands of a page run one after the other in one terminal: these take two, or one that dies in the middle.
test('docs/deploy.md shows what a second operator is told, and the status of a rollout whose terminal died', async () => {
	// Ten times as fast: 30 s without a sign of life are three, and a busy machine renews a Lease in less.
	const {run} = await shopRoad({speed: 10});
	const canary = {name: 'checkout', namespace: 'shop', image: 'registry.example/shop/checkout:2.4.0', interval: '60m'};
	const terminal = new AbortController();
	let second: ReturnType<typeof run> | undefined;
	await run(deploymentCanary, canary, {
		holder: 'alice@laptop/1',
		signal: terminal.signal,
		emit(event) {
			if (event.kind !== 'step' || !event.title.startsWith('Judge')) return;
			second = run(deploymentCanary, canary, {holder: 'bob@desk/2'});
			void second.finally(() => terminal.abort(new Error('died')));
		},
	});
	if (second === undefined) throw new Error('nothing was judged');
	const {outcome} = await second;
	if (outcome.kind !== 'failed') throw new Error(JSON.stringify(outcome));
	const {what, why, next} = outcome.error;
	const told = `✗ ${what}: ${why}. ${next}.`;
	expect(tells(`${written('Two at once')}\n…`, told), `it is now:\n${told}`).toBe(true);

	const status = async () => {
		const {outcome: looked} = await run(deploymentStatus, {name: 'checkout', namespace: 'shop'}, {holder: 'bob@desk/2'});
		if (looked.kind !== 'done') throw new Error(JSON.stringify(looked));
		return deploymentStatus.text(deploymentStatus.output.parse(looked.output), {width: 80, terminal: true, nowMs: Date.now()});
	};
	const left = await vi.waitFor(
		async () => {
			const text = await status();
			expect(text).toContain('nobody is at it');
			return text;
		},
		{timeout: 30_000},
	);
	expect(tells(written('When the terminal dies'), left), `it is now:\n${left}`).toBe(true);
}, 60_000);

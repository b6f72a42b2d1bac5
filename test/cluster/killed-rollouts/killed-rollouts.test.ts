import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {addGatewayApi} from '../gateway-api.ts';
import {addIstio} from '../istio.ts';
import {onePlane} from '../one-plane.ts';
import {startPodNetwork} from '../pod-network.ts';
import {atOnce} from './at-once.ts';
import {casesOf, caseText, listed} from './cases.ts';
import {dueEnd, endAfter} from './ends.ts';
import {playedWhole} from './played-whole.ts';
import {stageOf} from './stage.ts';
import {isFrame, isPlace, isWait, momentAt} from './steps.ts';
import {stories} from './stories.ts';

const network = await startPodNetwork();
afterAll(network.close);
const real = onePlane({network: network.socket});
beforeAll(async () => {
	await Promise.all([addGatewayApi(real.plane()), addIstio(real.plane())]);
	const healthy = createServer((_, response) => response.end('ok'));
	healthy.listen(0, '127.0.0.1');
	await once(healthy, 'listening');
	// A listening TCP server has an address object, never a pipe's name.
	network.publish(8080, `http://127.0.0.1:${(healthy.address() as AddressInfo).port}`);
	return () => void healthy.close();
});

/** Each mostly waits for its cluster, but starts a process of its own. */
const pooled = atOnce(16);

describe.concurrent('killed with SIGKILL after any of its writes, and gone on with or taken back from another machine,', () => {
	test.for(stories)('$name comes to the stated end, and nothing is left over', {timeout: 1_500_000}, async (story, {expect}) => {
		const {kills = /./, killsAll = false} = story;
		const slug = story.name.toLowerCase().replaceAll(/\W+/g, '-');
		const {writes, ...ends} = await pooled(() => playedWhole(real, story, slug));
		const cases = casesOf(
			writes,
			(write, next) => killsAll || isWait(write, next) || (!isFrame(write) && !isPlace(write) && kills.test(write)),
		);
		await expect(listed(writes, cases)).toMatchFileSnapshot(`kills/${slug}.txt`);
		const told = await Promise.all(
			cases.map(({index, verb}) =>
				pooled(async () => {
					const stage = await stageOf(real, story, `${slug}-${verb}-${index + 1}`);
					const moment = momentAt(writes, index);
					const played = await stage.played(moment);
					const reached = played.code === null && played.writes.at(-1) === moment.text;
					const rest = await stage.rest();
					const due = dueEnd(verb, rest, moment.text.startsWith('POST') ? 'as before' : 'promoted');
					const end = reached
						? await endAfter(stage, verb, rest, ends)
						: `exit ${played.code} after ${played.writes.at(-1)}: ${played.said}`;
					await stage.leave();
					return `${caseText(writes, {index, verb})}: ${end === due ? 'right' : `${end} instead of ${due}`}`;
				}),
			),
		);
		expect(told).toEqual(cases.map(each => `${caseText(writes, each)}: right`));
	});
});

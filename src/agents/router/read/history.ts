import {workloadKinds} from '../names/kinds-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import {asksToRead} from './asks-to-read.ts';
import {inLanguage} from './say.ts';

/** `rollout history of web`, `which revisions does web have`, `web 배포 이력`. */
export const history: Intent = {
	name: 'history',
	async understand(clause, world) {
		if (!asksToRead(clause) || !spoken(clause, 'history revision revisions rollouts 이력 리비전 히스토리 내역')) return undefined;
		const found = foundThing(await theOne(clause, world, workloadKinds), workloadKinds);
		if (found.found === 'several') return found.question;
		if (found.found === 'none') return undefined;
		const {kind, metadata} = found.object;
		return {
			kind: 'calls',
			said: inLanguage(
				clause.language,
				`Revisions of ${metadata.namespace}/${metadata.name}`,
				`${metadata.namespace}/${metadata.name}의 배포 이력`,
			),
			calls: [
				{
					tool: 'rollout_history',
					input: {workload: `${kind.toLowerCase()}/${metadata.name}`, namespace: metadata.namespace ?? world.namespace},
				},
			],
		};
	},
};

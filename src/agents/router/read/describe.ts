import type {Clause} from '../clause.ts';
import {exactPod} from '../names/exact-pod.ts';
import {foundThing} from '../names/same-thing.ts';
import {theOne} from '../names/the-one.ts';
import {namedKinds} from '../route/ordered.ts';
import type {Intent} from '../understanding.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {inLanguage} from './say.ts';

/** Kinds whose objects can be told one by one; of several of one name the first stands for it. */
const told = namedKinds.filter(kind => kind !== 'Node');

/** Kinds that are named by their own names alone: `the web pod` is of web. */
const byFullName = ['Pod', 'Node', 'Namespace'] as const;

/** `Show deployment web in shop`, `describe service db`, `web 디플로이먼트 보여줘`. */
export const describe: Intent = {
	name: 'describe',
	async understand(clause, world) {
		if (!asksToRead(clause)) return undefined;
		const pod = await exactPod(clause, world);
		const found = pod === undefined ? await oneIn(clause, world) : ({found: 'one', object: pod} as const);
		if (found.found === 'several') return found.question;
		if (found.found === 'none') return undefined;
		const {kind, metadata} = found.object;
		const name = `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
		return {
			kind: 'calls',
			said: inLanguage(clause.language, `Show ${name}`, `${name} 보기`),
			calls: [
				{
					tool: 'resource_describe',
					input: {kind, name: metadata.name, ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace})},
				},
			],
		};
	},
};

async function oneIn(clause: Clause, world: World) {
	const found = foundThing(await theOne(clause, world, told), told);
	return found.found === 'none' ? theOne(clause, world, byFullName) : found;
}

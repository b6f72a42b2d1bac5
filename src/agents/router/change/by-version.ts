import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import type {Talk} from '../understanding.ts';
import type {World} from '../world.ts';
import {containersIn} from './containers.ts';

const side =
	/(?<![\w.:/-])(v?\d+(?:\.\d+)+[\w.-]*?)(?:\s+(?:side|one|line|colou?r|half|pods?|deployment)\b|\s?(?:버전\s?)?(?:쪽|측|라인|디플로이먼트|파드))/i;

/**
 * `the 7.0.2 side`, `7.0.2 쪽`: the one workload of a family that is spoken of (`dispatch-blue` of `dispatch`) which runs that version.
 * Undefined: no side is told so, or several run it.
 */
export async function ofVersion(clause: Clause, world: World, talk: Talk, kinds: readonly string[]): Promise<KubeObject | undefined> {
	const [, version] = side.exec(clause.text) ?? [];
	if (version === undefined) return undefined;
	const around = new Set([clause, ...talk.clauses.slice(0, talk.index)].flatMap(({words}) => words.map(({text}) => text)));
	const all = (await Promise.all(kinds.filter(kind => kind !== 'ReplicaSet').map(kind => world.objects(kind)))).flat();
	const found = all.filter(
		object =>
			[...around].some(word => object.metadata.name.startsWith(`${word}-`)) &&
			containersIn(object).some(({image}) => image.endsWith(`:${version}`)),
	);
	return found.length === 1 ? found[0] : undefined;
}

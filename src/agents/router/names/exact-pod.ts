import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import type {World} from '../world.ts';

/** A pod that is named in full is that pod, not its workload. Undefined where none is, or several are. */
export async function exactPod({words}: Clause, world: World): Promise<KubeObject | undefined> {
	const pods = await world.objects('Pod');
	const named = pods.filter(({metadata}) => words.some(({text}) => text === metadata.name));
	return named.length === 1 ? named[0] : undefined;
}

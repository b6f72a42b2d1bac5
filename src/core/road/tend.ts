import type {KubeObject, Ref} from '../kube/kube-object.ts';
import {refKey, refText} from '../kube/kube-object.ts';
import type {Plan} from '../plan.ts';
import {ConflictError, type Effector, LostAnswerError, type Upkeep} from '../tool.ts';
import {shows} from './shows.ts';

type Tending = {readonly plan: Pick<Plan, 'steps'>; readonly effector: Effector; readonly signal: AbortSignal};

const isListed = ({plan}: Tending, ref: Ref) => plan.steps.some(({upkeep = []}) => upkeep.some(listed => refKey(listed) === refKey(ref)));

/** See `Effects.tend`. A lost answer is looked up once: an object that is as the write leaves it was written, by whoever holds the same. */
export async function tend(run: Tending, write: Upkeep, seen: KubeObject | undefined): Promise<KubeObject | null> {
	if (!isListed(run, write.ref)) throw new Error(`The plan does not list ${refText(write.ref)} for upkeep`);
	run.signal.throwIfAborted();
	try {
		const answer = await run.effector.send(write, seen, run.signal);
		// A patch is answered with the object that it made.
		return write.op === 'delete' ? null : (answer as KubeObject | null);
	} catch (error) {
		if (!(error instanceof LostAnswerError)) throw error;
		const live = await run.effector.read(write.ref, run.signal);
		if (shows(write, seen, live)) return live ?? null;
		if (live?.metadata.resourceVersion === seen?.metadata.resourceVersion) throw error;
		throw new ConflictError(`${refText(write.ref)} was changed by somebody else`, {cause: error});
	}
}

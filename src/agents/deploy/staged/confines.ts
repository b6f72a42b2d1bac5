import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {placesOfWrite} from '../../../core/secrets/seal-places.ts';
import {secretPlaces} from '../../../core/secrets/secret-places.ts';

/** What a strategy brings back that is stored in the cluster alone, and the command that takes that back. */
export type Confines = {readonly refs: readonly Ref[]; readonly takeBack: string};

/**
 * The objects among these writes that hold secret values.
 * @param live objects as the writes find them
 */
export const holdSecrets = (writes: readonly Write[], live: (ref: Ref) => KubeObject | undefined = () => undefined): readonly Ref[] =>
	writes
		.filter(write => write.ref.kind === 'Secret' || placesOfWrite(write).length > 0 || secretPlaces(live(write.ref)).length > 0)
		.map(({ref}) => ref);

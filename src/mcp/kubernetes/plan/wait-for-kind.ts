import {sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Ref} from '../../../core/kube/kube-object.ts';
import type {OnCluster} from '../tool-input.ts';

const pollMs = 1000;
/** A definition is served within a second or two, and the client looks for an unknown kind anew every two; a busy server takes longer. */
const patienceMs = 60_000;

/**
 * Waits until the cluster serves the kind of an object: its definition may have been applied a moment ago.
 * @throws MkcoaError `unknown-kind` when it still does not after a minute
 */
export async function waitForKind(ref: Ref, {ports, clock, signal, emit}: OnCluster): Promise<void> {
	const deadlineMs = clock.now() + patienceMs;
	for (;;) {
		try {
			await ports.cluster.typeOfRef(ref);
			return;
		} catch (error) {
			const isUnknown = error instanceof MkcoaError && error.trouble.code === 'unknown-kind';
			if (!isUnknown || clock.now() + pollMs > deadlineMs) throw error;
			emit({kind: 'progress', text: `Waiting until the cluster serves ${ref.kind}`});
			await sleep(clock, pollMs, signal);
		}
	}
}

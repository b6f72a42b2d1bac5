import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Alertmanager, Silence, SilenceEffects} from '../alertmanager/port.ts';
import {silenceDraft, silenceName, silenceObject} from '../model/silence-object.ts';
import type {ObjectKind} from './object-kind.ts';

/** An id as Alertmanager gives them. */
const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Silences of an Alertmanager. One that is over counts as gone. Under the id of one that is over stands the one that says the same now, if there
 * is one: so a silence that was made again is found where the first one was.
 */
export const silences = (manager: Alertmanager & {readonly effects: SilenceEffects}, clock: Pick<Clock, 'now'>): ObjectKind => ({
	source: manager.source,
	readOnly: manager.readOnly,
	async read({name}) {
		const found = await named(manager, name);
		return found === undefined ? undefined : silenceObject(found, name, manager.source);
	},
	async save(wanted, live) {
		if (live !== undefined) throw notEdited(refText(refOf(wanted)));
		const draft = silenceDraft(wanted, clock.now());
		if (draft.endsAtMs <= clock.now()) throw overAnyway(draft.endsAtMs);
		await manager.effects.create(draft);
	},
	remove: ({metadata}) => manager.effects.expire({id: metadata.uid ?? '', updatedAt: metadata.resourceVersion ?? ''}),
});

const isLive = ({state}: Silence) => state !== 'expired';

async function named(manager: Alertmanager, name: string): Promise<Silence | undefined> {
	const byId = isId.test(name) ? await manager.silence(name) : undefined;
	if (byId !== undefined && isLive(byId)) return byId;
	if (byId === undefined && isId.test(name)) return undefined;
	const wanted = byId === undefined ? name : silenceName(byId);
	const alike = (await manager.silences()).filter(silence => isLive(silence) && silenceName(silence) === wanted);
	return alike.toSorted((a, b) => a.startsAtMs - b.startsAtMs)[0];
}

const notEdited = (name: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'silence-not-edited',
		what: `${name} was left as it is`,
		why: 'a silence is made and ended, and never edited',
		next: 'End it with: mkcoa observe expire ID, and make another one',
	});

const overAnyway = (endsAtMs: number) =>
	new MkcoaError({
		kind: 'usage',
		code: 'silence-over',
		what: 'The silence is not made',
		why: `it would have ended at ${new Date(endsAtMs).toISOString()}`,
		next: 'Make a new one, with a time of its own',
	});

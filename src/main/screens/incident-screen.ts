import {prefersPlain} from '../../commands/host-streams.ts';
import type {Ref} from '../../core/kube/kube-object.ts';
import {incidentTold, incidentView} from '../../tui/findings/incident-view.ts';
import {incidentData} from './incident-data.ts';
import {askedAbout, namedObject} from './named-object.ts';
import {planRemedy} from './plan-remedy.ts';
import {isReadOnce, printOnce} from './print-once.ts';
import type {Around, Screen} from './screen.ts';
import {stayOn} from './stay-on.ts';

/** What is wrong with one thing, until it is left; as lines, once, where no screen is wanted. After a remedy it looks again, and says how it was and how it is. */
export const incidentScreen: Screen<'incident'> = async (around, {about}) => {
	const closed = new AbortController();
	const signal = AbortSignal.any([around.signal, closed.signal]);
	const refOfIt = foundOnce(about, around, signal);
	const read = (until: AbortSignal) => incidentData(around, {about, refOfIt}, until);
	if (prefersPlain(around.host.env)) return printOnce(read, {isRead: isReadOnce, lines: incidentTold}, around);
	const live = read(signal);
	try {
		await stayOn(incidentView, live, around, async act => {
			if (act.kind === 'ask') await around.open({screen: 'chat', request: askedAbout(await refOfIt())});
			if (act.kind !== 'remedy' || act.finding.remedy === undefined) return;
			const {state} = live.current();
			const outcome = await planRemedy(act.finding.remedy, around);
			if (outcome?.kind === 'done') live.lookAgain(state);
		});
	} finally {
		closed.abort();
	}
};

/** The object that is meant, looked for once; where it was not found, the next look tries again. */
function foundOnce(about: Ref | string, around: Around, signal: AbortSignal): () => Promise<Ref> {
	let found: Promise<Ref> | undefined;
	return () => {
		found ??=
			typeof about === 'string' ? around.session().then(({cluster}) => namedObject(about, cluster, signal)) : Promise.resolve(about);
		found.catch(() => {
			found = undefined;
		});
		return found;
	};
}

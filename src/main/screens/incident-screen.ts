import type {Ref} from '../../core/kube/kube-object.ts';
import {incidentView} from '../../tui/findings/incident-view.ts';
import {incidentData} from './incident-data.ts';
import {askedAbout, namedObject} from './named-object.ts';
import {planRemedy} from './plan-remedy.ts';
import type {Screen} from './screen.ts';
import {stayOn} from './stay-on.ts';

/** What is wrong with one thing, until it is left. After a remedy it looks again, and says how it was and how it is. */
export const incidentScreen: Screen<'incident'> = async (around, {about}) => {
	const closed = new AbortController();
	const signal = AbortSignal.any([around.signal, closed.signal]);
	let found: Promise<Ref> | undefined;
	const refOfIt = () => {
		found ??=
			typeof about === 'string' ? around.session().then(({cluster}) => namedObject(about, cluster, signal)) : Promise.resolve(about);
		found.catch(() => {
			found = undefined;
		});
		return found;
	};
	const live = incidentData(around, {about, refOfIt}, signal);
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

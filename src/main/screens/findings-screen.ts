import {findingsView} from '../../tui/findings/findings-view.ts';
import {findingsData} from './findings-data.ts';
import {askedAbout} from './named-object.ts';
import {planRemedy} from './plan-remedy.ts';
import type {Screen} from './screen.ts';
import {stayOn} from './stay-on.ts';

/** The table of findings, until it is left. */
export const findingsScreen: Screen<'findings'> = async around => {
	const closed = new AbortController();
	const live = findingsData(around, AbortSignal.any([around.signal, closed.signal]));
	try {
		await stayOn(findingsView, live, around, async ({kind, finding}) => {
			const {remedy, resource} = finding;
			if (kind === 'remedy' && remedy !== undefined) await planRemedy(remedy, around);
			if (kind === 'trace' && resource !== undefined) await around.open({screen: 'incident', about: resource});
			if (kind === 'ask') await around.open({screen: 'chat', request: resource === undefined ? 'What is wrong?' : askedAbout(resource)});
			// Whoever comes back may have mended something.
			live.lookAgain();
		});
	} finally {
		closed.abort();
	}
};

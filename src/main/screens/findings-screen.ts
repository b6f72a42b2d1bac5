import {prefersPlain} from '../../commands/host-streams.ts';
import {emptyLine, hanging} from '../../core/text/styled.ts';
import {findingsTold, findingsView} from '../../tui/findings/findings-view.ts';
import {findingsData} from './findings-data.ts';
import {askedAbout} from './named-object.ts';
import {planRemedy} from './plan-remedy.ts';
import {isReadOnce, printOnce} from './print-once.ts';
import type {Screen} from './screen.ts';
import {stayOn} from './stay-on.ts';

/** The table of findings, until it is left; as lines, once, where no screen is wanted. */
export const findingsScreen: Screen<'findings'> = async around => {
	if (prefersPlain(around.host.env)) return printOnce(signal => findingsData(around, signal), {isRead: isReadOnce, lines: inLines}, around);
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

/** With what leads on from there. */
const inLines: typeof findingsTold = (data, width, now) => [
	...findingsTold(data, width, now),
	...(data.findings.some(({status}) => status === 'fail') ? [emptyLine, ...hanging([], more, {width})] : []),
];

const more =
	'The command of a remedy shows its plan before anything is changed. To follow one to where it began, in mkcoa chat: /incident NAME';

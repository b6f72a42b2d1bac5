import {prefersPlain} from '../../commands/host-streams.ts';
import {hanging} from '../../core/text/styled.ts';
import {type HomeAct, isReading} from '../../tui/home/home-rows.ts';
import {homeLines, homeView} from '../../tui/home/home-view.ts';
import {homeData} from './home-data.ts';
import {printOnce} from './print-once.ts';
import type {Around, Destination, Screen} from './screen.ts';
import {stayOn} from './stay-on.ts';

/** The overview, until it is left; as lines, once, where no screen is wanted. */
export const homeScreen: Screen<'home'> = async around => {
	if (prefersPlain(around.host.env)) return printHome(around);
	const closed = new AbortController();
	const live = homeData(around, AbortSignal.any([around.signal, closed.signal]));
	const look = (act: HomeAct) => {
		if (act.kind !== 'context') return false;
		live.look(act.name);
		return true;
	};
	try {
		await stayOn(homeView, live, around, act => opened(live.shown(), act), look);
	} finally {
		closed.abort();
	}
};

/** The overview when every part of it was read, or could not be. */
const printHome = (around: Around): Promise<void> =>
	printOnce(
		signal => homeData(around, signal),
		{isRead: home => !isReading(home), lines: (home, width, now) => [...homeLines(home, width, now), ...hanging([], more, {width})]},
		around,
	);

const more = 'Ask or change something: mkcoa chat. All commands: mkcoa --help';

async function opened(around: Around, act: HomeAct): Promise<void> {
	// An embedded cluster has an overview of its own, and nothing of it is left when one goes back.
	if (act.kind === 'sandbox') await around.at({sandbox: ''}).open({screen: 'home'});
	else if (act.kind !== 'context') await around.open(destinationOf(act));
}

function destinationOf(act: Exclude<HomeAct, {readonly kind: 'context' | 'sandbox'}>): Destination {
	switch (act.kind) {
		case 'go':
			return {screen: act.to};
		case 'finding':
			return act.finding.resource === undefined ? {screen: 'findings'} : {screen: 'incident', about: act.finding.resource};
		case 'rollout':
			return {screen: 'rollout', name: act.name, namespace: act.namespace};
		case 'waiting':
			return {screen: 'review', id: act.id};
		case 'change':
			return {screen: 'history', id: act.id};
	}
}

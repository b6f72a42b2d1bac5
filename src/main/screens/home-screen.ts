import {type HomeAct, homeView} from '../../tui/home/home-view.ts';
import {homeData} from './home-data.ts';
import type {Around, Destination, Screen} from './screen.ts';
import {stayOn} from './stay-on.ts';

/** The overview, until it is left. */
export const homeScreen: Screen<'home'> = async around => {
	const closed = new AbortController();
	const live = homeData(around, AbortSignal.any([around.signal, closed.signal]));
	try {
		await stayOn(homeView, live, around, act => opened(around, act));
	} finally {
		closed.abort();
	}
};

async function opened(around: Around, act: HomeAct): Promise<void> {
	const to = destinationOf(act);
	if (to !== undefined) await around.open(to);
}

function destinationOf(act: HomeAct): Destination | undefined {
	switch (act.kind) {
		case 'go':
			return {screen: act.to};
		case 'finding':
			return act.finding.resource === undefined ? {screen: 'findings'} : {screen: 'incident', about: act.finding.resource};
		case 'open':
			if (act.part === 'waiting') return {screen: 'review', id: act.id};
			if (act.part === 'change') return {screen: 'history', id: act.id};
			return undefined;
	}
}

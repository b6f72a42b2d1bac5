import {themeName} from '../../tui/theme.ts';
import type {ViewTerminal} from '../../tui/view/show-view.tsx';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import type {Around, Destination} from './screen.ts';
import {showScreen} from './screens.ts';
import {placeOf, sessionsBehind} from './sessions.ts';

type Begun = {
	readonly call: ActionCall;
	readonly host: Host;
	/** Of the place where it begins, where somebody has connected already; it stays open. */
	readonly session?: Session | undefined;
};

/** A screen that is shown, or waits below the one that is. */
type Level = {
	readonly screen: Destination['screen'];
	readonly place: string;
	/** Takes it away, because somebody went to a screen below it. */
	readonly leave: (to: Destination) => void;
};

/**
 * The way between screens, from the first one until it is left. A screen that opens another one is below it, and goes on where it was when that is left.
 * @param begun its host's signal takes all screens away
 * @throws what the first screen rejects with; the terminal is as it was before
 */
export async function openShell(first: Destination, {call, host, session}: Begun): Promise<void> {
	const {input, screen: output, streams, env, clock} = host;
	const left = new AbortController();
	const sessions = sessionsBehind(host, left.signal);
	const terminal: ViewTerminal = {input, output, theme: themeName(streams.colour, env.MKCOA_THEME, env.COLORFGBG), clock};

	/** Goes from the uppermost of these levels to a destination. */
	const goFrom = async (below: readonly Level[], at: ActionCall, to: Destination): Promise<Destination | undefined> => {
		const place = placeOf(at.options);
		// Who asks something from above a conversation goes back to that one.
		const talk = to.screen === 'chat' ? below.findLastIndex(level => level.screen === 'chat' && level.place === place) : -1;
		if (talk !== -1) {
			for (const level of below.slice(talk + 1)) level.leave(to);
			return undefined;
		}
		const leaving = new AbortController();
		let asked: Destination | undefined;
		const level: Level = {
			screen: to.screen,
			place,
			leave(instead) {
				asked = instead;
				leaving.abort();
			},
		};
		const levels = [...below, level];
		await showScreen(aroundOf(levels, at, AbortSignal.any([host.signal, leaving.signal])), to);
		return asked;
	};
	const aroundOf = (levels: readonly Level[], at: ActionCall, signal: AbortSignal): Around => ({
		call: at,
		host,
		terminal,
		signal,
		session: async () => (session !== undefined && placeOf(at.options) === placeOf(call.options) ? session : sessions.of(at.options)),
		open: to => goFrom(levels, at, to),
		at: place => aroundOf(levels, {...at, options: {...at.options, ...place}}, signal),
	});

	try {
		await goFrom([], call, first);
	} finally {
		left.abort();
		await sessions.close();
	}
}

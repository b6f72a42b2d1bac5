import {render, useInput, useWindowSize} from 'ink';
import {useSyncExternalStore} from 'react';
import type {Clock} from '../../core/clock.ts';
import {keyPress} from '../key-press.ts';
import {StyledLines} from '../styled-lines.tsx';
import {type Theme, type ThemeName, themeOf} from '../theme.ts';
import {type Leave, leave, type View} from './view.ts';

/** Data that may change while a screen shows it. */
export type LiveData<Data> = {
	readonly current: () => Data;
	/** Calls back after each change, until the answer is called. */
	readonly subscribe: (changed: () => void) => () => void;
};

/** Data that stays. */
export const fixedData = <Data,>(data: Data): LiveData<Data> => ({current: () => data, subscribe: () => () => undefined});

export type ViewTerminal = {
	/** `output` is standard error: standard output belongs to the answer. */
	readonly input: NodeJS.ReadStream;
	readonly output: NodeJS.WriteStream;
	readonly theme: ThemeName;
	readonly clock: Clock;
};

type Picture<Data, Place> = {readonly data: Data; readonly place: Place; readonly now: number; readonly isOver: boolean};

/** Pictures that follow each other this fast look like motion; more of them only keep the terminal busy. */
const frameMs = 33;
/** What says how long ago something was is drawn again this often. */
const tickMs = 1000;

/** Keeps the newest picture: at once after a key, soon after a change of the data, and each second. */
function pictures<Data, Place>(live: LiveData<Data>, first: Place, clock: Clock) {
	let picture: Picture<Data, Place> = {data: live.current(), place: first, now: clock.now(), isOver: false};
	const listeners = new Set<() => void>();
	let cancelFrame: (() => void) | undefined;
	const draw = (change: Partial<Picture<Data, Place>> = {}) => {
		picture = {...picture, data: live.current(), now: clock.now(), ...change};
		for (const changed of listeners) changed();
	};
	const unsubscribe = live.subscribe(() => {
		cancelFrame ??= clock.schedule(frameMs, () => {
			cancelFrame = undefined;
			draw();
		});
	});
	const tick = (): (() => void) =>
		clock.schedule(tickMs, () => {
			draw();
			cancelTick = tick();
		});
	let cancelTick = tick();
	return {
		shown: () => picture,
		now: clock.now,
		draw,
		subscribe(changed: () => void) {
			listeners.add(changed);
			return () => void listeners.delete(changed);
		},
		stop() {
			unsubscribe();
			cancelFrame?.();
			cancelTick();
		},
	};
}

const enterAlternateScreen = '\u001B[?1049h';
const topLeft = '\u001B[H';

/**
 * The terminal for one view. It is a stream of its own to ink, which knows one screen for each stream: so a view may lie above a conversation that has lent
 * the terminal. The alternate screen comes with the cursor where it was, so that it is sent to the top.
 */
const fromTheTop = (output: NodeJS.WriteStream): NodeJS.WriteStream =>
	new Proxy(output, {
		get(stream, name) {
			const value: unknown = Reflect.get(stream, name);
			if (typeof value !== 'function') return value;
			if (name !== 'write') return value.bind(stream);
			const write: NodeJS.WriteStream['write'] = value.bind(stream);
			return (text: string, ...rest: never[]) => write(text === enterAlternateScreen ? text + topLeft : text, ...rest);
		},
	});

type Props<Data, Place, Act> = {
	readonly view: View<Data, Place, Act>;
	readonly store: ReturnType<typeof pictures<Data, Place>>;
	readonly theme: Theme;
	readonly onAct: (act: Act) => void;
};

function ViewApp<Data, Place, Act>({view, store, theme, onAct}: Props<Data, Place, Act>) {
	const {data, place, now, isOver} = useSyncExternalStore(store.subscribe, store.shown);
	const size = useWindowSize();
	useInput((text, key) => {
		// A key that is held arrives as several of its letters, where the terminal is far away.
		const presses = /^(.)\1+$/u.test(text) ? [...text].map(letter => keyPress(letter, key)) : [keyPress(text, key)];
		for (const press of presses) {
			const picture = store.shown();
			const next = view.press(picture.place, press, {data: picture.data, size, now: store.now()});
			store.draw({place: next.place});
			if (next.act !== undefined) return onAct(next.act);
		}
	});
	return isOver ? null : <StyledLines lines={view.lines(place, {data, size, now})} theme={theme} />;
}

/**
 * Shows a screen until the person leaves it or asks for something that closes it, and takes it away again: nothing of it stays in the scrollback.
 * @param onAct answers whether the screen stays; one that is left out lets each act close it
 * @returns what closed it; `leave` also for a closed terminal and an abort
 */
export async function showView<Data, Place, Act>(
	view: View<Data, Place, Act | Leave>,
	live: LiveData<Data>,
	{input, output, theme, clock}: ViewTerminal,
	signal: AbortSignal,
	onAct: (act: Act) => 'stay' | 'close' = () => 'close',
): Promise<Act | Leave> {
	// Nobody can press a key at a closed terminal.
	if (signal.aborted || input.readableEnded || input.destroyed) return leave;
	const isLeave = (act: Act | Leave): act is Leave => act === leave;
	let end: Act | Leave = leave;
	const store = pictures(live, view.first, clock);
	const react = (act: Act | Leave) => {
		if (!isLeave(act) && onAct(act) === 'stay') return;
		end = act;
		close();
	};
	const screen = <ViewApp view={view} store={store} theme={themeOf(theme)} onAct={react} />;
	const drawn = fromTheTop(output);
	const app = render(screen, {
		stdin: input,
		stdout: drawn,
		stderr: drawn,
		exitOnCtrlC: false,
		patchConsole: false,
		interactive: true,
		incrementalRendering: true,
		// The screen below comes back as it was, and a narrower terminal breaks no line of this one in two.
		alternateScreen: true,
	});
	const close = () => {
		store.draw({isOver: true});
		app.rerender(screen);
		app.unmount();
	};
	const closings = ['end', 'close', 'error'] as const;
	signal.addEventListener('abort', close, {once: true});
	for (const event of closings) input.once(event, close);
	try {
		await app.waitUntilExit();
	} finally {
		store.stop();
		signal.removeEventListener('abort', close);
		for (const event of closings) input.removeListener(event, close);
	}
	return end;
}

import {Static, useApp, useCursor, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect, useSyncExternalStore} from 'react';
import {keyPress} from '../key-press.ts';
import type {Offers} from '../keys.ts';
import {StyledLines} from '../styled-lines.tsx';
import type {Theme} from '../theme.ts';
import type {ChatItem} from './chat-item.ts';
import {chatLayout} from './chat-layout.ts';
import type {ChatStore} from './chat-store.ts';
import {itemLines} from './item-lines.ts';

/** Lends the terminal to another program, such as an editor, and takes it back when that ended. */
export type Lend = (use: () => Promise<void>) => Promise<void>;

type Props = {
	readonly store: ChatStore;
	readonly theme: Theme;
	readonly offers: Offers;
	/** Called once, when the screen is there. */
	readonly onReady: (lend: Lend) => void;
};

/** The conversation: what cannot change any more is printed once, above a part that is drawn again. */
export function ChatApp({store, theme, offers, onReady}: Props) {
	const {chat, now} = useSyncExternalStore(store.subscribe, store.shown);
	const {columns, rows} = useWindowSize();
	const {suspendTerminal} = useApp();
	const {setCursorPosition} = useCursor();
	useInput((text, key) => store.send({kind: 'key', press: keyPress(text, key)}));
	usePaste(text => store.send({kind: 'paste', text}));
	useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
	const live = chatLayout(chat, {columns, rows}, now, offers);
	setCursorPosition(live.cursor);
	return (
		<>
			<Static items={[...chat.scrolled]}>
				{(item: ChatItem, index) => <StyledLines key={index} lines={itemLines(item, Math.max(20, columns))} theme={theme} />}
			</Static>
			<StyledLines lines={live.lines} theme={theme} />
		</>
	);
}

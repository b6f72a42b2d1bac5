import {MkcoaError} from '../../core/error.ts';
import type {Called} from '../../tui/chat/chat-commands.ts';
import type {Destination} from './screen.ts';

/** Where a command of the conversation leads. @throws MkcoaError for one that lacks its name, or opens no screen */
export function placeOf({name}: Called): Destination {
	switch (name) {
		case 'home':
			return {screen: 'home'};
		default:
			throw new MkcoaError({kind: 'usage', code: 'no-such-screen', what: `/${name} opens no screen`, next: 'See /help'});
	}
}

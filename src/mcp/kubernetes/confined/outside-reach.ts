import {MkcoaError} from '../../../core/error.ts';
import {type Room, roomText} from '../../../core/roles/reach.ts';

/** The refusal of what lies outside of somebody's roles. Its code is the one of a cluster that refuses: tools do without what they may not read. */
export const outsideReach = (what: string, room: Room | undefined) =>
	new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: `${what} is outside of what your roles allow`,
		why: room === undefined ? 'they let this tool change nothing' : `they cover ${roomText(room)}`,
		next: 'Stay inside, or ask whoever runs mkcoa for a role that covers it (roles.yaml)',
	});

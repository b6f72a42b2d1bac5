import type {Session} from '../session.ts';
import type {Around} from './screen.ts';

/** The session for what is about one context: the one that is shown, or another one where that is looked at. */
export async function sessionAt(context: string, around: Pick<Around, 'call' | 'session' | 'at'>): Promise<Session> {
	const {sandbox} = around.call.options;
	if (sandbox !== undefined) return around.session();
	const own = await around.session().catch(() => undefined);
	const here = await own?.cluster.target(undefined).catch(() => undefined);
	return own !== undefined && here?.context === context ? own : around.at({context}).session();
}

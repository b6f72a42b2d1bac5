import {troubleText} from '../../tui/review-services.ts';
import {messageView} from '../../tui/view/message-view.ts';
import {fixedData, type LiveData, showView} from '../../tui/view/show-view.tsx';
import {type Leave, leave, type View} from '../../tui/view/view.ts';
import type {Around} from './screen.ts';

type Where = Pick<Around, 'terminal' | 'signal'>;

/** Tells something on a screen of its own, until a key. */
async function tellOnScreen(title: string, text: string, {terminal, signal}: Where): Promise<void> {
	await showView(messageView, fixedData({title, text}), terminal, signal);
}

/**
 * Shows a view until it is left. What the person asks for is carried out while it is away; then it comes back at the same place, over the data as they are by
 * then. What breaks is told with its remedy.
 * @param inPlace carries out what needs no screen of its own, and answers whether it did: then the view stays
 */
export async function stayOn<Data, Place, Act>(
	view: View<Data, Place, Act | Leave>,
	live: LiveData<Data>,
	where: Where,
	onAct: (act: Act) => Promise<void>,
	inPlace: (act: Act) => boolean = () => false,
): Promise<void> {
	const {terminal, signal} = where;
	let place = view.first;
	const kept = (): typeof view => ({
		...view,
		first: place,
		press(...given) {
			const next = view.press(...given);
			place = next.place;
			return next;
		},
	});
	const isLeave = (act: Act | Leave): act is Leave => act === leave;
	while (!signal.aborted) {
		const act = await showView(kept(), live, terminal, signal, asked => (inPlace(asked) ? 'stay' : 'close'));
		if (isLeave(act)) return;
		try {
			await onAct(act);
		} catch (error) {
			await tellOnScreen('This did not work', troubleText(error), where);
		}
	}
}

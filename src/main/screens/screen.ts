import type {DashboardPicture} from '../../core/dashboard/dashboard-picture.ts';
import type {Ref} from '../../core/kube/kube-object.ts';
import type {RolloutPicture} from '../../core/rollout-picture.ts';
import type {ViewTerminal} from '../../tui/view/show-view.tsx';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';

/** Where a person can go. Names of workloads may say their namespace, as in `shop/web`. */
export type Destination =
	| {readonly screen: 'home'}
	| {readonly screen: 'findings'}
	/** `about` is one object, or its name as a person typed it. */
	| {readonly screen: 'incident'; readonly about: Ref | string}
	| {readonly screen: 'history'; readonly id?: string | undefined}
	/** `name` may be `kind/name`. `left` gets what was seen last. */
	| {
			readonly screen: 'rollout';
			readonly name: string;
			readonly namespace?: string | undefined;
			readonly left?: ((picture: RolloutPicture) => void) | undefined;
	  }
	/** `first` was read already; `read` reads again, and `everyMs` is how long that rests behind a picture. */
	| {
			readonly screen: 'dashboard';
			readonly first: DashboardPicture;
			readonly read: () => Promise<DashboardPicture>;
			readonly everyMs: (picture: DashboardPicture) => number;
	  }
	/** A plan that waits, by its id. */
	| {readonly screen: 'review'; readonly id: string}
	/** `request` is sent as if it had been typed; `resume` is the id of a conversation, the empty text for the latest one. */
	| {readonly screen: 'chat'; readonly request?: string | undefined; readonly resume?: string | undefined};

export type ScreenName = Destination['screen'];

/** The destination of one screen. */
type To<Name extends ScreenName> = Extract<Destination, {readonly screen: Name}>;

/** What a screen stands in. */
export type Around = {
	/** The command line that began it; its options hold where one is: context, namespace, kubeconfig. */
	readonly call: ActionCall;
	readonly host: Host;
	readonly terminal: ViewTerminal;
	/**
	 * Connects when it is first called, and is shared by all screens of this place. What it tells goes nowhere, and it asks nobody: see `changeOnScreen`.
	 * Rejects with what to do; the next call tries again. Whoever opened the shell closes it.
	 */
	readonly session: () => Promise<Session>;
	/** Aborts when the screen must go: an interrupt, or the person went back to a screen below it. A screen that ends for it just ends. */
	readonly signal: AbortSignal;
	/**
	 * Goes to another screen, and resolves when that was left. Take your own view away first. Answers what was asked of this screen from above, such as a
	 * request for the conversation that lies below the findings.
	 * @throws what the screen rejects with; `onScreens` tells it to the person
	 */
	readonly open: (to: Destination) => Promise<Destination | undefined>;
	/** The same on another cluster: a context of the kubeconfig, or an embedded one. */
	readonly at: (place: {readonly context: string} | {readonly sandbox: string}) => Around;
};

/** Shows itself until it is left; then whoever opened it goes on. */
export type Screen<Name extends ScreenName> = (around: Around, to: To<Name>) => Promise<void>;

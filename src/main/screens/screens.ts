import type {Around, Destination, Screen, ScreenName} from './screen.ts';

type Table = {readonly [Name in ScreenName]: () => Promise<Screen<Name>>};

/** Every screen, loaded when somebody goes there. */
const screens: Table = {
	home: async () => (await import('./home-screen.ts')).homeScreen,
	rollout: async () => (await import('./rollout-screen.ts')).rolloutScreen,
	dashboard: async () => (await import('./dashboard-screen.ts')).dashboardScreen,
	findings: async () => (await import('./findings-screen.ts')).findingsScreen,
	incident: async () => (await import('./incident-screen.ts')).incidentScreen,
	history: async () => (await import('./history-screen.ts')).historyScreen,
	review: async () => (await import('./review-screen.ts')).reviewScreen,
	chat: async () => (await import('./chat-on-screen.ts')).chatOnScreen,
};

/** Shows the screen of a destination until it is left. */
export async function showScreen(around: Around, to: Destination): Promise<void> {
	// A screen takes what is said of itself; the table's type says so for each name, but not for a name that is any of them.
	const load = screens[to.screen] as () => Promise<(around: Around, to: Destination) => Promise<void>>;
	const show = await load();
	return show(around, to);
}

/** The page of a plan's card. All that others wrote is set as text; nothing is loaded, and only the host is talked with. */
import {hostAround} from './host.ts';
import {planIn, type ShownPlan, standingIn} from './shown-plan.ts';

const part = (id: string): HTMLElement => {
	const found = document.getElementById(id);
	if (found === null) throw new Error(`The page has no ${id}`);
	return found;
};
const typed = (id: 'name' | 'words') => (part(id) as HTMLInputElement | HTMLTextAreaElement).value;
const show = (id: string, isShown: boolean) => {
	part(id).hidden = !isShown;
};
const say = (text: string) => {
	part('state').textContent = text;
};

const tones = new Set(['strong', 'dim', 'good', 'bad', 'warn', 'accent']);
const lookAgainMs = 3000;

let plan: ShownPlan | undefined;
let canCall = false;

const host = hostAround((method, params) => {
	if (method === 'ui/notifications/tool-result') receive(params);
	if (method === 'ui/notifications/tool-cancelled') say('The call was cancelled. Nothing was changed.');
	if (method === 'ui/notifications/host-context-changed') dress(params);
});

function receive(result: unknown): void {
	const {kind, means} = standingIn(result);
	plan = kind === 'waiting' ? planIn(result) : undefined;
	if (plan === undefined) {
		show('plan', false);
		show('answer', false);
		say(means === '' ? 'No plan waits here.' : means);
		return;
	}
	say('This plan waits for an answer. Nothing was changed yet.');
	draw(plan);
	offer(plan);
}

function draw({lines}: ShownPlan): void {
	const drawn = lines.map(line => {
		const row = document.createElement('div');
		for (const {text, tone} of line) {
			const piece = document.createElement('span');
			piece.textContent = String(text);
			if (tones.has(tone)) piece.className = tone;
			row.append(piece);
		}
		return row;
	});
	part('plan').replaceChildren(...drawn);
	show('plan', true);
}

function offer({id, mayApprove, isWhole, name, untilMs}: ShownPlan): void {
	const isOld = Date.now() >= untilMs;
	const here = mayApprove && canCall && !isOld;
	const command = document.createElement('code');
	command.textContent = `mkcoa approve ${id}`;
	const why = isWhole ? 'Approve it in mkcoa:' : 'The plan is longer than a card. Read and approve it in mkcoa:';
	part('note').replaceChildren(...(here ? [] : [`${why} `, command]));
	show('note', !here);
	show('approve', here);
	show('naming', here && name !== undefined);
	part('wanted').textContent = name ?? '';
	for (const field of ['words', 'choices']) show(field, canCall && !isOld);
	part('words').parentElement?.toggleAttribute('hidden', !canCall || isOld);
	show('sure', false);
	show('answer', true);
	check();
}

/** A yes is within reach only where the name is right. */
function check(): void {
	const isRight = plan?.name === undefined || typed('name').trim().normalize() === plan.name.normalize();
	(part('approve') as HTMLButtonElement).disabled = !isRight;
	if (!isRight) show('sure', false);
}

function weigh(isWeighed: boolean): void {
	show('sure', isWeighed);
	show('choices', !isWeighed);
	// Whoever presses Enter once more has said no.
	part(isWeighed ? 'no' : 'reject').focus();
}

async function answer(decision: 'approve' | 'reject'): Promise<void> {
	if (plan === undefined) return;
	const {id, ticket, name} = plan;
	plan = undefined;
	show('answer', false);
	say(decision === 'approve' ? 'Sent your yes…' : 'Sent your no…');
	const input = {ticket, decision, words: typed('words'), ...(name === undefined ? {} : {name: typed('name')})};
	try {
		await follow(id, await host.ask('tools/call', {name: 'plan_answer', arguments: input}));
	} catch (error) {
		say(`The client did not pass it on: ${error instanceof Error ? error.message : ''} See what came of it with: mkcoa approve`);
	}
}

async function follow(id: string, first: unknown): Promise<void> {
	let {kind, means} = standingIn(first);
	while (kind === 'running') {
		say(means);
		await new Promise(resolve => setTimeout(resolve, lookAgainMs));
		({kind, means} = standingIn(await host.ask('tools/call', {name: 'plan_result', arguments: {id}})));
	}
	// One that waits all the same says how it is answered in mkcoa: this card counts no more.
	say(means === '' ? 'The client did not take the answer.' : means);
}

function dress(context: unknown): void {
	const {theme} = Object(context);
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}

// It scrolls, so the keyboard has to reach it.
part('plan').tabIndex = 0;
part('reject').addEventListener('click', () => void answer('reject'));
part('approve').addEventListener('click', () => weigh(true));
part('no').addEventListener('click', () => weigh(false));
part('yes').addEventListener('click', () => void answer('approve'));
part('name').addEventListener('input', check);
part('answer').addEventListener('submit', event => event.preventDefault());
document.addEventListener('keydown', ({key}) => {
	if (key === 'Escape' && !part('sure').hidden) weigh(false);
});

async function begin(): Promise<void> {
	const hello = {appInfo: {name: 'mkcoa plan card', version: '1'}, appCapabilities: {}, protocolVersion: '2026-01-26'};
	const {hostCapabilities, hostContext} = Object(await host.ask('ui/initialize', hello));
	canCall = Object(hostCapabilities).serverTools !== undefined;
	dress(hostContext);
	host.tell('ui/notifications/initialized', {});
	if (typeof ResizeObserver === 'undefined') return;
	new ResizeObserver(() => {
		const {height} = document.documentElement.getBoundingClientRect();
		host.tell('ui/notifications/size-changed', {height: Math.ceil(height)});
	}).observe(document.body);
}

begin().catch(() => say('The client did not greet this page, so it shows nothing.'));

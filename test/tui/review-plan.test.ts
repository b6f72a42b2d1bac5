import {expect, test} from 'vitest';
import {digestOf, type Plan} from '../../src/core/plan.ts';
import {textWidth} from '../../src/core/text/text-width.ts';
import {reviewPlan} from '../../src/tui/review-plan.tsx';
import {deletionPlan, samplePlan} from '../../src/tui/sample-plan.ts';
import {frames} from '../support/frames.ts';

type Shape = {columns?: number; rows?: number; why?: string; settleMs?: number};

async function review(plan: Plan, {columns = 80, rows = 24, why = '', settleMs = 0}: Shape = {}) {
	const terminal = frames({columns, rows});
	const abort = new AbortController();
	const decision = reviewPlan(
		{plan, digest: digestOf(plan), why},
		{input: terminal.input, output: terminal.output, theme: 'none', plain: false, settleMs},
		abort.signal,
	);
	await terminal.waitForText('[y/N]');
	return {...terminal, decision, abort: () => abort.abort(new Error('interrupted'))};
}

test('at 80 columns: target, risk and effects on top, then the list and the difference', async () => {
	const {screen, send, decision} = await review(samplePlan, {why: 'the namespace is production'});
	expect(screen.text()).toMatchInlineSnapshot(`
		"─ Review ─────────────────────────────────────────────────── plan 3a81e949558a ─
		Update shop/web to image 1.43.0 with 5 replicas
		Target  prod, namespace shop, cluster eks-prod-eu
		As      mina@example.com
		Risk    ! medium: 3 ready pods are replaced; the namespace is labelled
		          production
		Undo    ✓ mkcoa undo returns to revision 42
		Asked   the namespace is production
		Effects ! Up to 1 pod fewer serves traffic while the update runs
		        - HPA web keeps between 3 and 10 replicas
		─ Changes to 2 resources ───────────────────────────────────────────────────────
		> update Deployment shop/web
		  create PodDisruptionBudget shop/web
		─ Deployment shop/web ─────────────────────────────────────────── 8 more below ─
		  spec.replicas: 3 → 5
		    ! owned by kube-controller-manager today
		  spec.template.spec.containers[name=web].image
		    - registry.example/shop/web:1.42.0
		    + registry.example/shop/web:1.43.0
		  + metadata.annotations["example.com/team"]: 주문팀
		────────────────────────────────────────────────────────────────────────────────
		Apply this plan? [y/N]
		y apply   n no   ? keys   space more   ↓ next   ↑ back   r say why not   b up"
	`);
	send('n');
	await decision;
});

test('at 40 columns the whole plan scrolls', async () => {
	const {screen, send, decision, press} = await review(samplePlan, {columns: 40});
	expect(screen.text()).toMatchInlineSnapshot(`
		"─ Review ─────────────── 32 more below ─
		Update shop/web to image 1.43.0 with 5
		replicas

		Target  prod, namespace shop, cluster
		        eks-prod-eu
		As      mina@example.com
		Risk    ! medium: 3 ready pods are
		          replaced; the namespace is
		          labelled production
		Undo    ✓ mkcoa undo returns to revision
		          42
		Plan    3a81e949558a

		Consequences
		  ! Up to 1 pod fewer serves traffic
		    while the update runs
		  - HPA web keeps between 3 and 10
		    replicas

		────────────────────────────────────────
		Apply this plan? [y/N]
		y apply   n no   ? keys   space more"
	`);
	expect(await press(' ')).toMatchInlineSnapshot(`
		"─ Review ─────────────── 13 more below ─
		Changes to 2 resources
		  update Deployment shop/web
		    spec.replicas: 3 → 5
		      ! owned by kube-controller-manager
		        today
		    spec.template.spec.
		    containers[name=web].image
		      - registry.example/shop/web:1.42.0
		      + registry.example/shop/web:1.43.0
		    metadata.annotations["example.com/
		    team"]
		      + 주문팀
		  create PodDisruptionBudget shop/web
		    ! worked out by mkcoa, not by the
		      server: the server does not offer
		      a dry run for it
		    spec
		      + minAvailable: 2
		      + selector:
		────────────────────────────────────────
		Apply this plan? [y/N]
		y apply   n no   ? keys   space more"
	`);
	send('n');
	await decision;
});

test('the difference follows the selected resource', async () => {
	const {press, send, decision} = await review(samplePlan);
	expect(await press('down')).toContain('> create PodDisruptionBudget shop/web\n─ PodDisruptionBudget shop/web');
	send('n');
	await decision;
});

test('a long list keeps the selected resource in sight and says where it is', async () => {
	const [change] = samplePlan.changes;
	if (change === undefined) throw new Error('there is a change');
	const changes = Array.from({length: 12}, (_, index) => ({...change, ref: {...change.ref, name: `web-${index}`}}));
	const {press, send, decision} = await review({...samplePlan, changes});
	expect(await press('down', 'down', 'down', 'down', 'down')).toContain('> update Deployment shop/web-5\n');
	expect(await press('down')).toMatch(/─ Changes to 12 resources ─+ 7 of 12 ─\n {2}update Deployment shop\/web-4\n/);
	send('n');
	await decision;
});

test('? lists every key with the reason why one does nothing', async () => {
	const {press, send, decision} = await review(deletionPlan, {rows: 40});
	expect(await press('?')).toMatchInlineSnapshot(`
		"─ Keys ─────────────────────────────────────────────────────────────────────────
		y      Applies the plan; what cannot be undone wants a name typed
		n      Changes nothing; so do Enter, Escape and Ctrl-C
		?      Shows and hides this list
		space  Shows the next lines (not now: everything is on the screen)
		↓      Shows the next resource, or the next line (not now: everything is on the
		       screen)
		↑      Shows the resource or line before (not now: everything is on the screen)
		r      Changes nothing and tells why, in your words
		t      In a conversation: tries the plan on a copy of the namespace first (not
		       now: this plan cannot be rehearsed here)
		e      In a conversation: changes nothing and edits the inputs for another plan
		       (not now: the inputs cannot be edited here)
		b      Shows the lines before (not now: everything is on the screen)
		────────────────────────────────────────────────────────────────────────────────
		n says no, any other key goes back to the plan"
	`);
	send('n');
	await decision;
});

test('a yes leaves one line and the scrollback as it was', async () => {
	const {screen, send, decision} = await review(samplePlan);
	send('y');
	expect(await decision).toEqual({kind: 'approve'});
	expect(screen.text()).toMatchInlineSnapshot(`"✓ Approved: Update shop/web to image 1.43.0 with 5 replicas (plan 3a81e949558a)"`);
	expect(screen.usedAlternateScreen()).toBe(false);
	expect(screen.scrollback).toEqual([]);
});

test.each(['n', 'enter', 'escape', 'ctrl+c', 'ctrl+d'])('%s is a no', async key => {
	const {screen, send, decision} = await review(samplePlan);
	send(key);
	expect(await decision).toEqual({kind: 'reject', feedback: ''});
	expect(screen.text()).toMatch(/^✗ Not approved: Update shop\/web/);
});

test('words go with the no', async () => {
	const {screen, press, send, decision} = await review(samplePlan);
	expect(await press('r', '이미지가 틀렸어요')).toContain('Why not? 이미지가 틀렸어요█');
	send('enter');
	expect(await decision).toEqual({kind: 'reject', feedback: '이미지가 틀렸어요'});
	expect(screen.text()).toContain('Not approved (이미지가 틀렸어요)');
});

test('what cannot be undone wants the name typed', async () => {
	const {press, send, decision} = await review(deletionPlan);
	expect(await press('y')).toContain('This cannot be undone. To apply it, type 주문-데이터');
	expect(await press('주문', 'enter')).toContain('✗ That is not 주문-데이터');
	await press('-데이터');
	send('enter');
	expect(await decision).toEqual({kind: 'approve'});
});

test('closing the terminal is a no', async () => {
	const {hangUp, decision} = await review(samplePlan);
	hangUp();
	expect(await decision).toEqual({kind: 'reject', feedback: ''});
});

test('an interrupted run is a no', async () => {
	const {abort, decision, screen} = await review(samplePlan);
	abort();
	expect(await decision).toEqual({kind: 'reject', feedback: ''});
	expect(screen.text()).toContain('✗ Not approved');
});

test('a run that was interrupted before asks nothing', async () => {
	const {input, output, screen} = frames({columns: 80, rows: 24});
	const question = {plan: samplePlan, digest: digestOf(samplePlan), why: ''};
	const decision = await reviewPlan(question, {input, output, theme: 'none', plain: false}, AbortSignal.abort());
	expect([decision, screen.text()]).toEqual([{kind: 'reject', feedback: ''}, '']);
});

test('a y pressed before the plan could be read is no yes', async () => {
	const {press, send, decision} = await review(samplePlan, {settleMs: 60_000});
	send('y');
	expect(await press('down')).toContain('Apply this plan? [y/N]');
	send('n');
	expect(await decision).toMatchObject({kind: 'reject'});
});

test('pasted text that begins with y is no yes', async () => {
	const {press, send, decision} = await review(samplePlan);
	send('yes\r');
	expect(await press('down')).toContain('Apply this plan? [y/N]');
	send('n');
	await decision;
});

test.each([
	[80, 24],
	[60, 20],
	[40, 24],
	[40, 12],
	[24, 10],
])('no line is wider than %i columns, and %i rows are enough', async (columns, rows) => {
	const {screen, send, decision, press} = await review(samplePlan, {columns, rows});
	await press('down');
	expect(Math.max(...screen.text().split('\n').map(textWidth))).toBeLessThanOrEqual(columns);
	expect(screen.text()).toContain('Apply this plan? [y/N]');
	expect(screen.scrollback).toEqual([]);
	send('n');
	await decision;
});

test('a wider terminal shows more', async () => {
	const {resize, waitFor, send, decision, screen} = await review(samplePlan, {columns: 40, rows: 24});
	resize({columns: 100, rows: 40});
	await waitFor(text => text.includes('cluster eks-prod-eu\n') && text.includes('Verified by'));
	expect(screen.text()).toContain('> update Deployment shop/web');
	send('n');
	await decision;
});

test('names with escapes move no cursor and forge no line', async () => {
	const [change] = samplePlan.changes;
	if (change === undefined) throw new Error('there is a change');
	const name = 'web\u001B[2J\u001B[H\nApproved\u202Egnp';
	const {screen, send, decision} = await review({
		...samplePlan,
		summary: `Update ${name}`,
		changes: [{...change, ref: {...change.ref, name}}],
	});
	expect(screen.text()).toContain('> update Deployment shop/web Approvedgnp\n');
	send('n');
	await decision;
});

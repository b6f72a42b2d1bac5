import {expect, test} from 'vitest';
import {findingsView} from '../../../src/tui/findings/findings-view.ts';
import {incidentView} from '../../../src/tui/findings/incident-view.ts';
import {historyView} from '../../../src/tui/history/history-view.ts';
import {homeView} from '../../../src/tui/home/home-view.ts';
import {sampleFindings, sampleIncident} from '../../../src/tui/samples/sample-findings.ts';
import {sampleHistory} from '../../../src/tui/samples/sample-history.ts';
import {emptyHome, sampleHome} from '../../../src/tui/samples/sample-home.ts';
import {viewFrames} from '../../support/view-frames.ts';

test('home opens the row under the cursor', async () => {
	const {waitForText, press, send, end, screen} = viewFrames(homeView, sampleHome);
	await waitForText('mkcoa');
	await press('down', 'down', 'down');
	send('enter');
	expect(await end).toEqual({kind: 'rollout', namespace: 'shop', name: 'web'});
	// What was on the screen before comes back.
	expect([screen.text(), screen.usedAlternateScreen()]).toEqual(['', true]);
});

test.each([
	['c', {kind: 'go', to: 'chat'}],
	['f', {kind: 'go', to: 'findings'}],
	['h', {kind: 'go', to: 'history'}],
	['q', {kind: 'leave'}],
	['escape', {kind: 'leave'}],
	['ctrl+c', {kind: 'leave'}],
])('home: %s asks for %j', async (key, act) => {
	const {waitForText, send, end} = viewFrames(homeView, sampleHome);
	await waitForText('mkcoa');
	send(key);
	expect(await end).toEqual(act);
});

test('a row that says why nothing is known opens nothing', async () => {
	const {waitForText, press, send, end} = viewFrames(homeView, emptyHome);
	await waitForText('Reading…');
	send('enter');
	await press('down', '?');
	send('ctrl+c');
	await waitForText('Clusters');
	send('q');
	expect(await end).toEqual({kind: 'leave'});
});

test('findings are sorted by the next column, and filtered by words anywhere in them', async () => {
	const {waitForText, press, send, end} = viewFrames(findingsView, sampleFindings);
	const rows = (text: string) =>
		[...text.matchAll(/^[ >] [✗!✓-] (?:critical|high|medium|low)\s+(\S.*?)(?: {2}|$)/gm)].map(match => match[1]);
	expect(rows(await waitForText('by severity'))).toEqual([
		'Service shop/web',
		'Pod shop/web-7d9f5c-x2x1',
		'shop/주문-데이터',
		'not checked: secrets in namespace shop may not be read',
		'No node is short of memory or disk',
	]);
	expect(rows(await press('s')).slice(2)).toEqual(['shop/주문-데이터', 'Pod shop/web-7d9f5c-x2x1', 'Service shop/web']);
	expect(rows(await press('/', 'REVISION 43'))).toEqual(['Pod shop/web-7d9f5c-x2x1']);
	expect(await press('x')).toContain('Nothing holds "REVISION 43x"');
	await press('backspace', 'enter');
	send('p');
	expect(await end).toMatchObject({kind: 'remedy', finding: {id: 'image-pull-failed'}});
});

test('no remedy is asked for where none can be planned', async () => {
	const {waitForText, press, send, end} = viewFrames(findingsView, sampleFindings);
	expect(await waitForText('by severity')).not.toContain('plan remedy');
	expect(await press('?')).toContain('(not now: no remedy');
	expect(await press('p')).toContain('by severity');
	send('p');
	await new Promise(setImmediate);
	send('q');
	expect(await end).toEqual({kind: 'leave'});
});

test('an incident leads from what was seen to the root, whose remedy can be planned', async () => {
	const {waitForText, send, end} = viewFrames(incidentView, sampleIncident);
	await waitForText('Chain of causes');
	expect(await waitForText('root:')).toMatch(/> {3}└ root: ✗ high/);
	send('p');
	expect(await end).toMatchObject({kind: 'remedy', finding: {id: 'image-pull-failed'}});
});

test('only what can be taken back is', async () => {
	const {waitForText, press, send, end} = viewFrames(historyView, sampleHistory);
	expect(await waitForText('History')).toContain('u undo');
	expect(await press('down')).not.toContain('u undo');
	expect(await press('?')).toMatch(/not now: it is taken back\s+already/);
	await press('?', 'down', 'down');
	send('r');
	expect(await end).toEqual({kind: 'resume', id: '7j9z'});
});

test('what is open scrolls, and goes back to the list', async () => {
	const {waitForText, press, send, end} = viewFrames(historyView, sampleHistory, {rows: 14});
	await waitForText('History');
	expect(await press('enter')).toContain('more below');
	expect(await press('pagedown')).toContain('minAvailable');
	expect(await press('escape')).toContain('1 of 4');
	send('u');
	expect(await end).toEqual({kind: 'undo', id: '7k2q'});
});

test('a key that is held moves as often as it arrives', async () => {
	const {waitForText, press, send, end} = viewFrames(historyView, sampleHistory);
	await waitForText('1 of 4');
	expect(await press('jj')).toContain('3 of 4');
	send('q');
	expect(await end).toEqual({kind: 'leave'});
});

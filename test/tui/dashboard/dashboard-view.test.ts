import {expect, test} from 'vitest';
import type {DashboardPicture} from '../../../src/core/dashboard/dashboard-picture.ts';
import {lineText, lineWidth} from '../../../src/core/text/styled.ts';
import {dashboardView} from '../../../src/tui/dashboard/dashboard-view.ts';
import {leave} from '../../../src/tui/view/view.ts';
import {sampleDashboard} from '../../support/sample-dashboard.ts';
import {viewFrames} from '../../support/view-frames.ts';

const now = Date.parse(sampleDashboard.readAt) + 3000;
const seen = (columns: number, rows: number, data: DashboardPicture = sampleDashboard) => ({data, size: {columns, rows}, now});
const texts = (...given: Parameters<typeof seen>) => dashboardView.lines(dashboardView.first, seen(...given)).map(lineText);

test.each([
	[80, 24],
	[40, 24],
	[100, 50],
])('a screen of %i by %i is filled and never overrun', (columns, rows) => {
	const lines = dashboardView.lines(dashboardView.first, seen(columns, rows, {...sampleDashboard, trouble: 'Prometheus did not answer'}));
	expect(lines.length).toBeLessThan(rows);
	for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
});

test('the age of what is shown stands at every width, and so does why it is old', () => {
	for (const columns of [80, 40]) {
		const text = texts(columns, 24, {...sampleDashboard, trouble: 'Prometheus did not answer'}).join('\n');
		expect(text).toContain('read 3s ago');
		expect(text).toContain('! Not read since: Prometheus did not');
	}
});

test('keys move through what does not fit, and no further', () => {
	const press = (place: typeof dashboardView.first, name: string) => dashboardView.press(place, {name, text: ''}, seen(40, 20));
	let place = dashboardView.first;
	for (const key of ['down', 'pagedown', 'pagedown', 'pagedown', 'pagedown']) place = press(place, key).place;
	expect(dashboardView.lines(place, seen(40, 20)).map(lineText).join('\n')).toContain('By Prometheus at test'.slice(3));
	expect(press(place, 'down').place.scroll).toBe(place.scroll);
	for (const key of ['pageup', 'pageup', 'pageup', 'pageup', 'up']) place = press(place, key).place;
	expect(place.scroll).toBe(0);
	expect(press(place, 'ctrl+c').act).toBe(leave);
});

test('a terminal shows it, tells its keys and lets it go', async () => {
	const {waitForText, send, end} = viewFrames(dashboardView, sampleDashboard, {columns: 80, rows: 24});
	await waitForText('Memory of limit');
	send('?');
	await waitForText('Ends it; so does Ctrl-C');
	send('?');
	await waitForText('Memory of limit');
	send('q');
	expect(await end).toBe(leave);
});

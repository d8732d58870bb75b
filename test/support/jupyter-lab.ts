import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

/** What a notebook is opened in. */
export type NotebookApp = 'lab' | 'notebook';

/** How each is started; Notebook 7 is installed with the references. */
const apps = {
  lab: {
    title: 'JupyterLab',
    setup: 'npm run setup',
    exposed: '--LabApp.expose_app_in_browser=True',
    quiet: ['--LabApp.news_url=', '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate'],
  },
  notebook: {
    title: 'Notebook 7',
    setup: 'npm run setup -- --references',
    exposed: '--JupyterNotebookApp.expose_app_in_browser=True',
    quiet: [],
  },
} as const;

/** A real JupyterLab or Notebook 7 of the project's `.venv`, on a copy of a notebook. */
export class JupyterLab {
  readonly folder: string;
  readonly url: string;
  readonly #process: ChildProcess;
  #log = '';

  private constructor(folder: string, port: number, app: NotebookApp) {
    this.folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    const jupyter = join(root, '.venv', 'bin', 'jupyter');
    const { title, setup, exposed, quiet } = apps[app];
    if (!existsSync(join(root, '.venv', 'bin', `jupyter-${app}`)))
      throw new Error(`there is no ${title} in .venv: run \`${setup}\` first`);
    this.#process = spawn(
      jupyter,
      [
        app,
        '--no-browser',
        '--allow-root',
        `--ServerApp.port=${port}`,
        '--ServerApp.ip=127.0.0.1',
        '--IdentityProvider.token=',
        `--ServerApp.root_dir=${folder}`,
        exposed,
        ...quiet,
      ],
      {
        env: {
          ...process.env,
          HOME: folder,
          JUPYTER_PREFER_ENV_PATH: '1',
          MASKLET_OFFERS: 'off',
          MASKLET_MODELS: join(folder, 'models'),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const keep = (text: Buffer): void => void (this.#log = (this.#log + text.toString()).slice(-4000));
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
  }

  /** Starts it; its models folder is `models` in the folder it lives in. */
  static async start(notebook: string, app: NotebookApp = 'lab'): Promise<JupyterLab> {
    const folder = mkdtempSync(join(tmpdir(), 'masklet-lab-'));
    cpSync(join(root, 'notebooks', notebook), join(folder, notebook));
    const lab = new JupyterLab(folder, await freePort(), app);
    for (let tries = 0; tries < 300; tries++) {
      const ready = await fetch(`${lab.url}/api/status`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return lab;
      await new Promise((wake) => setTimeout(wake, 200));
    }
    await lab.stop();
    throw new Error(`${apps[app].title} did not start:\n${lab.#log}`);
  }

  /** Writes a notebook of these cells, for the same kernel as the one it was started with. */
  write(name: string, like: string, cells: readonly string[]): void {
    const template = JSON.parse(readFileSync(join(this.folder, like), 'utf8')) as object;
    const made = cells.map((source, i) => ({
      ...{ cell_type: 'code', id: `c${i}`, metadata: {}, execution_count: null, outputs: [], source },
    }));
    writeFileSync(join(this.folder, name), JSON.stringify({ ...template, cells: made }));
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.#process.once('exit', done));
    this.#process.kill('SIGTERM');
    await Promise.race([gone, new Promise((wake) => setTimeout(wake, 8000).unref())]);
    this.#process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

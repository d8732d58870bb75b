// Opens a session of the synthetic video in a process of its own, tries an edit, and prints what came of it.
// node test/support/open-session.cjs FOLDER
const { join, resolve } = require('node:path');
const { SessionFolder, randomIds } = require(join(resolve(__dirname, '..', '..', 'dist'), 'session'));

async function main() {
  const sources = { now: () => new Date(), nextId: randomIds() };
  const { folder, document, notices } = await SessionFolder.open(process.argv[2], sources);
  let refusal = null;
  try {
    folder.append({ step: 's', label: 'Lock', edit: { kind: 'set-barrier', frame: 0, on: true } });
  } catch (error) {
    refusal = error.message;
  }
  const objects = document.objects.map((one) => one.name);
  process.stdout.write(JSON.stringify({ readOnly: folder.readOnly, notices, refusal, objects }));
  await folder.close();
}

main();

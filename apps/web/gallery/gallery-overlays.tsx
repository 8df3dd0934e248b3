import { useRef, useState } from "react";
import { Button } from "../src/design/primitives/button.tsx";
import { ConfirmDialog } from "../src/design/primitives/confirm-dialog.tsx";
import { Dialog } from "../src/design/primitives/dialog.tsx";
import { Menu, type MenuAnchor, MenuItem } from "../src/design/primitives/menu.tsx";
import { Popover } from "../src/design/primitives/popover.tsx";
import { Tips } from "../src/design/primitives/tips.tsx";
import { Toast } from "../src/design/primitives/toast.tsx";
import styles from "./gallery-page.module.css";

/** What stands on top of the page. */
export function GalleryOverlays() {
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [menu, setMenu] = useState<MenuAnchor>();
  const [popover, setPopover] = useState<HTMLElement>();
  const area = useRef<HTMLDivElement>(null);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open the dialog</Button>
      <Button onClick={() => setAsking(true)}>Ask a question</Button>
      <Button onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}>Open the menu</Button>
      <Button onClick={(event) => setPopover(event.currentTarget)}>Open the popover</Button>
      <div ref={area}>
        <button type="button" data-tip="More about it">
          Rest here
        </button>
        <Tips within={area} />
      </div>
      <Toast kind="note" text="Copied" dismissLabel="Dismiss" onDismiss={() => {}} />
      <Toast kind="problem" text="That could not be saved. Try again." dismissLabel="Dismiss" onDismiss={() => {}} />
      {open && (
        <Dialog
          title="A dialog"
          closeLabel="Close"
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button look="primary">Do it</Button>
            </>
          }
        >
          <p>What is asked.</p>
        </Dialog>
      )}
      {asking && (
        <ConfirmDialog
          danger
          title="Delete it?"
          text="It cannot be taken back."
          confirmLabel="Delete"
          cancelLabel="Cancel"
          closeLabel="Close"
          onConfirm={() => {}}
          onClose={() => setAsking(false)}
        />
      )}
      {popover !== undefined && (
        <Popover
          anchor={popover}
          beginAt="button"
          dialog="A popover"
          className={styles["popover"]}
          onClose={() => setPopover(undefined)}
        >
          <Button onClick={() => setPopover(undefined)}>Done</Button>
        </Popover>
      )}
      {menu !== undefined && (
        <Menu label="A menu" anchor={menu} onClose={() => setMenu(undefined)}>
          <MenuItem icon="edit" onChoose={() => {}}>
            Edit
          </MenuItem>
          <MenuItem icon="delete" danger onChoose={() => {}}>
            Delete
          </MenuItem>
        </Menu>
      )}
    </>
  );
}

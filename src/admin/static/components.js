/* The panel's own parts, for AdminJS' page: plain JavaScript over what its bundles hold, so that nothing is bundled here. */
(function () {
  const { createElement: element, Fragment, useEffect, useState } = window.React;
  const { Box, Button, H4, Text } = window.AdminJSDesignSystem;
  const { ApiClient, CleanPropertyComponent, useNotice } = window.AdminJS;
  const { Link, useNavigate } = window.ReactRouterDOM;
  const api = new ApiClient();

  /** The first page: the lists this staff member may open. */
  function Dashboard() {
    const [lists, setLists] = useState([]);
    useEffect(() => {
      api.getDashboard().then(({ data }) => setLists(data.lists));
    }, []);
    const row = ({ id, title, about }) =>
      element(
        Box,
        { key: id, mb: 'xl' },
        element(Link, { to: '/admin/resources/' + id }, element(H4, null, title)),
        element(Text, null, about),
      );
    return element(Box, { variant: 'grey' }, element(Box, { variant: 'white' }, lists.map(row)));
  }

  /** A question and one button: only the button, a POST, does something. */
  function Confirm({ action, record, resource }) {
    const [busy, setBusy] = useState(false);
    const notify = useNotice();
    const navigate = useNavigate();
    const run = () => {
      const data = new FormData();
      data.append('confirmed', 'yes');
      setBusy(true);
      api
        .recordAction({
          resourceId: resource.id,
          recordId: record.id,
          actionName: action.name,
          data,
        })
        .then(({ data }) => {
          if (data.notice) notify(data.notice);
          if (data.redirectUrl) navigate(data.redirectUrl);
        })
        .catch(() => notify({ message: 'That did not work. Please try again.', type: 'error' }))
        .finally(() => setBusy(false));
    };
    return element(
      Box,
      { variant: 'white' },
      element(Text, { mb: 'xl' }, action.custom.question),
      element(Text, { mb: 'xl', fontWeight: 'bold' }, record.title),
      element(
        Button,
        { variant: 'contained', color: 'danger', disabled: busy, onClick: run },
        action.custom.button,
      ),
    );
  }

  /**
   * AdminJS' own field; where the number is another account's, with the way to release it there.
   */
  function NumberField(props) {
    const { account } = props.record.errors[props.property.path] || {};
    const path = '/admin/resources/users/records/' + account + '/releaseNumber';
    const link =
      account &&
      element(
        Box,
        { mb: 'xl' },
        element(Link, { to: path }, 'Release it from account #' + account),
      );
    return element(Fragment, null, element(CleanPropertyComponent, props), link);
  }

  window.AdminJS.UserComponents = { Dashboard, Confirm, NumberField };
})();
